"""The bench's market: a database of its own, rows that every constraint holds for, found by the ordinary selectors."""

import re
from collections import Counter

import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.db import connections
from django.http import QueryDict

from creators.bands import bands_of
from creators.models import AnchorFile, Channel, Rate
from creators.selectors.directory import AnchorQuery, for_cards
from marketplace.accounts.models import Party, PartyCard, User
from marketplace.campaigns.models import VTask
from marketplace.campaigns.selectors.hall import HallQuery
from marketplace.http.keyset import page_of
from marketplace.settings.base import database
from marketplace.stack.postgres import APP_ROLE
from marketplace.web.bench.database import PREFIX, NoPlace, connect, make_anew, url
from marketplace.web.bench.dice import Dice, public_id
from marketplace.web.bench.words import MARKS_CHINESE, MARKS_ENGLISH, mark_of
from tests.support.databases import as_superuser, copy_database, drop_database

ANCHORS, TASKS = 200, 300
SHAPE = """
SELECT conrelid::regclass::text || conname || pg_get_constraintdef(oid) FROM pg_constraint
UNION ALL SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'
"""
# A template that was kept from an earlier run was restored from a dump, which writes the same lists with other casts.
NO_MATTER = re.compile(r"::(character varying|text)(\[\])?|[()\s]")


@pytest.fixture(scope="module")
def filled(request, django_db_setup, django_db_blocker):
    """Alias of a connection to a small one."""
    name = f"{PREFIX}_{request.config.workerinput['workerid'] if hasattr(request.config, 'workerinput') else 'main'}"
    copy_database(name)  # one is there already: it is made anew
    with django_db_blocker.unblock():
        call_command("bench_data", anchors=ANCHORS, tasks=TASKS, database=name, verbosity=0)
        connections.databases["bench"] = {**connections["default"].settings_dict, **database(url(name, APP_ROLE))}
        yield "bench"
        connections["bench"].close()
        del connections.databases["bench"]
    drop_database(name)


def shape(name: str) -> list[str]:
    with connect(name) as owner:
        return sorted(NO_MATTER.sub("", row[0]) for row in owner.execute(SHAPE))


def test_as_many_rows_as_asked_for(filled):
    counted = {model: model.objects.using(filled).count() for model in (AnchorFile, VTask, Party, PartyCard)}
    assert counted == {AnchorFile: ANCHORS, VTask: TASKS, Party: ANCHORS + 4, PartyCard: ANCHORS + 4}
    assert VTask.objects.using(filled).public().count() > TASKS * 0.8
    assert Channel.objects.using(filled).filter(state="verified").exists()
    assert Rate.objects.using(filled).count() >= ANCHORS


def test_indexes_and_constraints_are_those_of_the_migrations(filled):
    name = connections[filled].settings_dict["NAME"]
    assert shape(name) == shape("mooring_template")


def test_new_rows_follow_on(filled):
    user = User.objects.db_manager(filled).create_user("new@mooring.example")
    assert user.pk == 6  # after four merchants' owners and one of staff
    user.delete(using=filled)


@pytest.mark.parametrize("address", ["", "category=food", "q=直播", "q=tasting", "form=video&platform=douyin"])
def test_the_hall_finds_them(filled, address):
    query = HallQuery.parse(address)
    page = page_of(query.tasks().using(filled), query.order, cursor="", size=24)
    assert page.rows
    assert {task.state for task in page.rows} == {"open"}


@pytest.mark.parametrize("address", ["", "category=food", "q=开箱", "q=handmade", "verified=1&sort=followers"])
def test_the_directory_finds_them(filled, address):
    query = AnchorQuery.parse(QueryDict(address))
    page = page_of(query.files().using(filled), query.order, cursor="", size=24, whole=for_cards)
    assert page.rows
    assert all(file.party.card.name == file.party.name for file in page.rows)


def test_files_stand_in_the_bands_of_their_rates(filled):
    files = list(AnchorFile.objects.using(filled).prefetch_related("rates"))
    assert all(file.bands for file in files[:50])
    for file in files:
        prices: dict = {}
        for rate in file.rates.all():
            prices.setdefault(rate.form, {})[rate.currency] = rate.price_minor
        assert (file.prices, file.bands) == (prices, bands_of(file.followers, prices))


@pytest.mark.parametrize("rows", [2_000, 10_000, 1_000_000])
def test_a_mark_is_in_forty_rows_of_a_market_of_any_size(rows):
    marked = Counter(mark for number in range(1, rows + 1) if (mark := mark_of(number, rows)))
    assert len(marked) == len(set(MARKS_CHINESE)) == len(set(MARKS_ENGLISH)) == 50
    assert set(marked.values()) == {40}


def test_it_is_the_same_every_time(filled):
    assert public_id("vtk", 1) == "vtk_4cbd7t0b3r57816bvm9bmrehxs"
    dice = Dice("task", 7)
    assert [dice.below(100) for _ in range(6)] == [72, 12, 3, 77, 1, 50]
    known = VTask.objects.using(filled).get(pk=7)
    assert (known.title, known.fee_minor, known.platforms) == (
        "平湖游轮礼盒",
        19_600_00,
        ["kuaishou", "weixin", "tiktok"],
    )


def test_no_other_database_is_touched():
    with pytest.raises(NoPlace):
        make_anew("mooring")
    with as_superuser() as admin:
        assert admin.execute("SELECT 1 FROM pg_database WHERE datname = 'mooring'").fetchone()


def test_a_real_server_is_refused(settings, monkeypatch):
    monkeypatch.setitem(settings.DATABASES["default"], "HOST", "db.example")
    monkeypatch.setattr(psycopg, "connect", None)
    with pytest.raises(CommandError, match="embedded PostgreSQL only"):
        call_command("bench_data", anchors=1, tasks=1, verbosity=0)


def test_production_is_refused(settings, monkeypatch):
    settings.DEMO = False
    monkeypatch.setattr(psycopg, "connect", None)
    with pytest.raises(CommandError, match="development only"):
        call_command("bench_data", anchors=1, tasks=1)
