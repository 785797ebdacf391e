"""Long lists: every row once, nothing that is not one's own, and as many queries for many rows as for few."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from marketplace.campaigns.models import VTask
from marketplace.core import clock
from tests.factories.market import Market
from tests.factories.people import make_owner
from tests.factories.programs import Program, program
from tests.factories.tasks import applied, make_anchor, open_task
from tests.web.conftest import rolled_back

LISTS = (
    "tasks",
    "own-tasks",
    "campaigns",
    "applications",
    "contracts",
    "saved-searches",
    "tasks/{sought}/applications",
)


def path_of(market: Market, name: str) -> str:
    return name.format(sought=market.ids["sought_task"])


def ids_of(who: Program, path: str, **query: str) -> list[list[str]]:
    pages, cursor = [], None
    while True:
        asked = query | ({"cursor": cursor} if cursor else {})
        body = who.get(path + "?" + "&".join(f"{name}={value}" for name, value in asked.items())).json()
        pages.append([one["id"] for one in body["data"]])
        cursor = body["next"]
        if cursor is None:
            return pages


@pytest.mark.parametrize("limit", ["1", "2", "3", "100"])
@pytest.mark.parametrize("sort", ["newest", "closing", "fee"])
def test_every_open_task_comes_once_in_every_order(market, limit, sort):
    with rolled_back():
        who = program(market.people["anchor"])
        VTask.objects.public().update(fee_max_minor=1_200_000)
        found = [id_ for page in ids_of(who, "tasks", limit=limit, sort=sort) for id_ in page]
        assert sorted(found) == sorted(VTask.objects.public().values_list("public_id", flat=True))


@pytest.mark.parametrize("name", LISTS)
def test_every_row_of_ones_own_comes_once(market, name):
    with rolled_back():
        for who in ("merchant", "anchor"):
            one = program(market.people[who])
            response = one.get(path_of(market, name))
            if response.status_code == 200:
                all_at_once = [row["id"] for row in response.json()["data"]]
                pages = ids_of(one, path_of(market, name), limit="1")
                assert [id_ for page in pages for id_ in page] == all_at_once
                assert len(set(all_at_once)) == len(all_at_once)


@pytest.mark.parametrize("cursor", ["x", "WyItaWQiXQ", "a" * 600])
def test_a_cursor_that_is_not_ours_is_refused(market, cursor):
    with rolled_back():
        who = program(market.people["merchant"])
        response = who.get(f"own-tasks?cursor={cursor}")
        assert (response.status_code, response.json()["code"]) == (422, "invalid_cursor")
        other = who.get("tasks?limit=1").json()["next"]
        assert who.get(f"own-tasks?cursor={other}").json()["code"] == "invalid_cursor"


def test_filters_narrow_and_never_count_what_is_not_ones_own(market):
    with rolled_back():
        merchant, stranger = program(market.people["merchant"]), program(market.people["other_merchant"])
        anchor = program(market.people["anchor"])
        assert ids_of(merchant, "own-tasks", state="paused") == [[market.ids["paused_task"]]]
        assert ids_of(anchor, "applications", state="shortlisted") == [[market.ids["shortlisted"]]]
        assert ids_of(anchor, "contracts", state="signing") == [[market.ids["contract"]]]
        for name in LISTS[1:6]:
            mine = {one.public_id for one in market.people["other_merchant"].user.saved_searches.all()}
            assert {id_ for page in ids_of(stranger, name) for id_ in page} <= mine, name
        assert market.ids["paused_task"] not in str(ids_of(anchor, "tasks"))


def test_the_hall_is_filtered_as_its_page_is(market):
    with rolled_back():
        who = program(market.people["anchor"])
        beauty = open_task(market.people["merchant"], category="tech", title="Kettle with a clock", regions=["CN-ZJ"])
        assert ids_of(who, "tasks", category="tech") == [[beauty.public_id]]
        assert ids_of(who, "tasks", q="kettle") == [[beauty.public_id]]
        assert ids_of(who, "tasks", category="tech", region="CN-BJ") == [[]]
        assert ids_of(who, "tasks", category="tech", currency="CNY", fee_from="20000") == [[]]
        assert ids_of(who, "tasks", funded="true") == [[]]
        tomorrow = clock.in_(days=1).date().isoformat()
        assert ids_of(who, "tasks", category="tech", publish_until=tomorrow) == [[]]


@pytest.mark.parametrize("name", LISTS)
def test_more_rows_take_no_more_queries(market, name):
    """One row, then eight: the same number of questions to the database."""
    with rolled_back():
        merchant = market.people["merchant"]
        for number in range(4):
            task = open_task(merchant, title=f"Tea {number}", seats=5)
            applied(market.people["anchor"], task)
            applied(make_anchor(f"Anchor {number}"), VTask.objects.get(public_id=market.ids["sought_task"]))
        who = program(market.people["anchor" if name == "applications" else "merchant"])
        who.get("me")
        counts = []
        for limit in (1, 8):
            with CaptureQueriesContext(
                connection,
            ) as queries:
                assert who.get(f"{path_of(market, name)}?limit={limit}").status_code == 200
            counts.append(len(queries))
        assert counts[0] == counts[1]
        assert counts[0] <= 5


def test_cards_show_what_everybody_may_know(market):
    with rolled_back():
        who = program(market.people["merchant"])
        card = who.get(f"anchors/{market.ids['anchor']}").json()
        assert card == {
            "id": market.ids["anchor"],
            "kind": "anchor",
            "name": "Xia Wei",
            "picture": None,
            "categories": ["home"],
            "region": "CN-ZJ",
            "languages": ["cmn"],
            "channels": [{"platform": "douyin", "handle": "xiawei", "followers": 120_000, "proof": "declared"}],
        }
        assert who.get(f"anchors/{market.ids['merchant']}").status_code == 404
        closed = make_owner("anchor", "Gone")
        closed.party.state = "closed"
        closed.party.save()
        assert who.get(f"anchors/{closed.party.public_id}").status_code == 404


def test_a_record_says_each_figure_with_its_basis(market, django_assert_num_queries):
    with rolled_back():
        who = program(market.people["anchor"])
        who.get("me")
        with django_assert_num_queries(3):
            record = who.get(f"merchants/{market.ids['merchant']}/record").json()
        assert (record["window_days"], record["least_observations"]) == (180, 3)
        figures = {one["name"]: one for one in record["figures"]}
        payment, disputes = figures["payment"], figures["disputes"]
        assert (payment["unit"], payment["status"], payment["value"]) == ("hours", "measured", 0.0)
        assert payment["observations"] >= 3
        assert "protected funds" in payment["rule"]
        assert (disputes["unit"], disputes["value"], disputes["observations"]) == ("count", None, 0)
        hers = who.get(f"anchors/{market.ids['anchor']}/record").json()["figures"]
        assert [one["name"] for one in hers][:3] == ["answer", "lapsed_offers", "on_time"]
        assert who.get(f"anchors/{market.ids['merchant']}/record").status_code == 404
