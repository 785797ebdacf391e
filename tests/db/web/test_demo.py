"""The ninety days of the demo: a market that came about by the rules, told once."""

import re
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import CommandError, call_command

from creators.models import AnchorFile
from marketplace.accounts.models import Representation, User
from marketplace.campaigns.models import Application, VTask
from marketplace.campaigns.services.running import pause_task
from marketplace.contracts.models import Contract, ExtraRound
from marketplace.core import clock
from marketplace.media.models import Asset
from marketplace.media.pictures import check_picture
from marketplace.notifications.models import Notice
from marketplace.payments.models import Funding, Payout
from marketplace.web.demo import market
from marketplace.web.demo.goods import GOODS
from marketplace.web.demo.reading import LAST_READ
from marketplace.web.demo.stills import ground, still
from marketplace.web.demo.works import WORKS
from marketplace.web.management.commands import demo

pytestmark = pytest.mark.django_db
REFUSED = re.compile(r"refused at (.+): (\w+)")
THINGS = {good.thing for goods in GOODS.values() for good in goods}
FATES = ("signed", "negotiating", "closed", "draft")


@pytest.fixture
def a_small_one(settings, monkeypatch, tmp_path, bank):
    """With a bank of its own, at which its contracts are paid."""
    settings.DEMO = True
    settings.STANDIN_URL = settings.STANDIN_PUBLIC_URL = bank.url
    settings.STANDIN_SECRET = bank.secret
    settings.MEDIA_ROOT = tmp_path
    rows = [next(row for row in market.TASKS if row.fate == fate) for fate in FATES]
    monkeypatch.setattr(market, "TASKS", rows)
    monkeypatch.setattr(demo, "names", lambda: ["林舟", "江野", "周一", "秦安"])
    return rows


def test_a_market_comes_about_and_is_told_once(a_small_one, capsys):
    call_command("load_demo")
    call_command("demo")
    assert REFUSED.findall(capsys.readouterr().out) == []
    states = dict(VTask.objects.values_list("title", "state"))
    assert [states[row.title] for row in a_small_one if row.fate in {"closed", "draft"}] == ["closed", "draft"]
    assert AnchorFile.objects.count() == 5
    contract = Contract.objects.exclude(funded_at=None).first()
    assert contract.state in {"active", "completed", "cancelled"}
    assert set(Funding.objects.filter(contract=contract.public_id).values_list("state", flat=True)) == {"paid"}
    assert set(ExtraRound.objects.values_list("state", flat=True)) == {"settled"}
    assert contract.funded_at < clock.now() - timedelta(days=1)
    assert contract.deliverables.exclude(state="planned").exists()
    assert VTask.objects.order_by("created_at").first().created_at < clock.now() - timedelta(days=3)
    the_agency_was_there_before()
    everybody_shows_something_of_her_own()
    tasks_have_pictures_and_products(a_small_one)
    people_have_read_all_but_the_last_days()
    money_has_reached_a_bank()
    counted = (User.objects.count(), VTask.objects.count(), Application.objects.count(), Contract.objects.count())
    call_command("demo")
    again = (User.objects.count(), VTask.objects.count(), Application.objects.count(), Contract.objects.count())
    assert again == counted


def money_has_reached_a_bank() -> None:
    """Released, held as a first one is, transferred, and paid out on a Monday of the past."""
    payouts = list(Payout.objects.filter(party__kind="anchor"))
    assert payouts
    for payout in payouts:
        assert payout.state == "paid"
        assert payout.created_at.weekday() == 0
        assert payout.created_at < payout.closed_at < payout.created_at + timedelta(days=1)
        assert payout.money.amount_minor == sum(one.amount_minor for one in payout.transfers.all())
    assert not Authenticator.objects.exists()


def the_agency_was_there_before() -> None:
    """A visitor who signs in as the agency finds deals of its anchor: it represented her when they were made."""
    representation = Representation.objects.get(agency__name__contains="Northquay")
    assert representation.created_at < VTask.objects.order_by("created_at").first().created_at - timedelta(days=1)
    hers = Contract.objects.filter(anchor=representation.anchor)
    assert set(hers.values_list("agency", flat=True)) <= {representation.agency_id}


def everybody_shows_something_of_her_own() -> None:
    for file in AnchorFile.objects.select_related("party"):
        pieces = list(file.portfolio.all())
        assert 2 <= len(pieces) <= 3, file
        assert all(one.caption and one.note and one.picture for one in pieces), file
        assert file.cover, file
        assert file.portrait.gender, file


def tasks_have_pictures_and_products(rows) -> None:
    tasks = {task.title: task for task in VTask.objects.all()}
    for row in rows:
        task = tasks[row.title]
        assert Asset.objects.get(public_id=task.picture).purpose == "v_task_picture"
        products = list(task.products.all())
        assert 1 <= len(products) <= 2
        known = {name for good in GOODS[row.merchant] for name in (good.chinese, good.english)}
        for product in products:
            assert product.name in known
            assert product.price.currency == row.currency
            assert product.link.startswith(f"https://{row.merchant.partition('@')[2]}/")
            assert Asset.objects.get(public_id=product.picture).purpose == "product_picture"


def people_have_read_all_but_the_last_days() -> None:
    earlier = clock.now() - timedelta(days=LAST_READ)
    assert Notice.objects.filter(at__lt=earlier).exists()
    assert not Notice.objects.filter(at__lt=earlier, read_at=None).exists()


def test_what_the_rules_refuse_is_said(a_small_one, monkeypatch, capsys):
    """The same story with an act that no rule allows: it does not happen, and it is no secret."""
    call_command("load_demo")
    allowed = market.Market.sort

    def sort_twice(self, task, merchant):
        allowed(self, task, merchant)
        pause_task(actor=merchant.actor, public_id=task.public_id)
        pause_task(actor=merchant.actor, public_id=task.public_id)

    monkeypatch.setattr(market.Market, "sort", sort_twice)
    call_command("demo")
    titles = [row.title for row in a_small_one if row.fate in {"negotiating", "signed", "closed"}]
    refused = REFUSED.findall(capsys.readouterr().out)
    assert {(title, what) for title, what in refused if what == "IllegalTransition"} == {
        (title, "IllegalTransition") for title in titles
    }


@pytest.mark.parametrize("name", sorted({thing for works in WORKS.values() for thing, *_ in works} | THINGS))
def test_every_thing_is_there(name):
    assert check_picture(still(name, ground(1))).width == 480


def test_everybody_who_sells_has_three_things_to_show():
    assert {row.email for row in market.MERCHANTS} == set(GOODS)
    assert {len(goods) for goods in GOODS.values()} == {3}


def test_without_its_people_nothing_is_told(a_small_one, capsys):
    call_command("demo")
    assert "nothing is told" in capsys.readouterr().out
    assert not User.objects.exists()


def test_it_is_refused_outside_development(settings):
    settings.DEMO = False
    with pytest.raises(CommandError):
        call_command("demo")
