"""The ninety days of the demo: a market that came about by the rules, told once."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command

from creators.models import AnchorFile
from marketplace.accounts.models import User
from marketplace.campaigns.models import Application, VTask
from marketplace.contracts.models import Contract
from marketplace.core import clock
from marketplace.web.demo import market
from marketplace.web.management.commands import demo

pytestmark = pytest.mark.django_db
FATES = ("signed", "negotiating", "closed", "draft")


@pytest.fixture
def a_small_one(settings, monkeypatch, tmp_path):
    settings.DEMO = True
    settings.MEDIA_ROOT = tmp_path
    rows = [next(row for row in market.TASKS if row.fate == fate) for fate in FATES]
    monkeypatch.setattr(market, "TASKS", rows)
    monkeypatch.setattr(demo, "names", lambda: ["林舟", "江野", "周一", "秦安"])
    return rows


def test_a_market_comes_about_and_is_told_once(a_small_one):
    call_command("load_demo")
    call_command("demo")
    states = dict(VTask.objects.values_list("title", "state"))
    assert [states[row.title] for row in a_small_one if row.fate in {"closed", "draft"}] == ["closed", "draft"]
    assert AnchorFile.objects.count() == 5
    assert Contract.objects.filter(state="awaiting_funds").exists()
    assert VTask.objects.order_by("created_at").first().created_at < clock.now() - timedelta(days=3)
    counted = (User.objects.count(), VTask.objects.count(), Application.objects.count(), Contract.objects.count())
    call_command("demo")
    again = (User.objects.count(), VTask.objects.count(), Application.objects.count(), Contract.objects.count())
    assert again == counted


def test_without_its_people_nothing_is_told(a_small_one, capsys):
    call_command("demo")
    assert "nothing is told" in capsys.readouterr().out
    assert not User.objects.exists()


def test_it_is_refused_outside_development(settings):
    settings.DEMO = False
    with pytest.raises(CommandError):
        call_command("demo")
