"""The desk of reconciliations: what finance reads and does there, and that nobody else comes near."""

from datetime import timedelta

import pytest
from django.urls import reverse

from marketplace.core import clock
from marketplace.core.models import Event
from marketplace.payments.models import Difference, ReconciliationRun
from tests.factories.world import World
from tests.support.pages.cargo import books
from tests.web.conftest import rolled_back
from tests.web.test_admin import OUTSIDE, with_second_factor

RUNS = reverse("admin:payments_reconciliationrun_changelist")
TOTALS = reverse("admin:payments_reconciliation_totals")
ASK = reverse("admin:payments_reconciliation_ask")
LIST = reverse("admin:payments_difference_changelist")
LIST_QUERIES = 17  # the session, the staff roles, the filters, the rows


def explain(world: World) -> str:
    return reverse("admin:payments_difference_explain", args=[world.ids["difference"]])


def test_both_sides_of_each_currency_stand_beside_one_another(world):
    with rolled_back():
        books(world)
        page = with_second_factor(world, "finance_staff").get(TOTALS).content.decode()
    assert "<td>CNY 5.00 (1)</td><td>CNY 14.00 (2)</td><td>No</td>" in page
    assert "1 difference is not resolved." in page


def test_without_a_comparison_the_page_says_so(world):
    with rolled_back():
        page = with_second_factor(world, "finance_staff").get(TOTALS).content.decode()
    assert "Not compared yet" in page


def test_finance_asks_for_a_comparison(world, settings):
    settings.STANDIN_URL = "http://bank.example"
    with rolled_back():
        client = with_second_factor(world, "finance_staff")
        assert client.get(ASK).status_code == 405
        assert not ReconciliationRun.objects.exists()
        assert client.post(ASK, {"from": "cursor"})["Location"] == RUNS
        run = ReconciliationRun.objects.get()
        assert (run.provider, run.state, run.whole) == ("test_bank", "reading", True)
        asked = Event.objects.get(aggregate=run.public_id)
        assert (asked.name, asked.source, asked.actor) == (
            "reconciliation.asked",
            "admin",
            world.people["finance_staff"].user,
        )
        client.post(ASK, {"from": "beginning"})
        assert ReconciliationRun.objects.count() == 1


def test_a_difference_is_listed_with_its_age_taken_and_explained(world):
    with rolled_back():
        books(world)
        difference = Difference.objects.get()
        difference.found_at = clock.now() - timedelta(days=3)
        difference.save()
        client = with_second_factor(world, "finance_staff")
        page = client.get(LIST).content.decode()
        assert "order 77" in page
        assert "Payments in" in page
        assert "CNY 9.00" in page
        assert "3\xa0days" in page
        client.post(LIST, {"action": "take", "_selected_action": [difference.pk]})
        difference.refresh_from_db()
        assert difference.owner == world.people["finance_staff"].user
        assert client.get(explain(world)).status_code == 200
        assert client.post(explain(world), {"reason": " "}).status_code == 422
        difference.refresh_from_db()
        assert (difference.state, difference.reason) == ("open", "")
        assert client.post(explain(world), {"reason": "Our shop's till."})["Location"] == LIST
        difference.refresh_from_db()
        assert (difference.state, difference.reason) == ("explained", "Our shop's till.")
        shown = client.get(reverse("admin:payments_difference_change", args=[difference.pk])).content.decode()
        assert "Our shop&#x27;s till." in shown
        assert explain(world) not in shown


@pytest.mark.parametrize("who", ["operations", "compliance", "agency"])
def test_other_staff_neither_read_nor_ask_nor_explain(world, who):
    with rolled_back():
        books(world)
        before = Event.objects.count()
        client = with_second_factor(world, who)
        assert client.get(TOTALS).status_code == 403
        assert client.post(ASK).status_code == 403
        assert client.get(explain(world)).status_code == 403
        assert client.post(explain(world), {"reason": "Because."}).status_code == 403
        assert client.post(LIST, {"action": "take", "_selected_action": ["1"]}).status_code == 403
        difference = Difference.objects.get()
        assert (difference.state, difference.owner, difference.reason) == ("open", None, "")
        assert (ReconciliationRun.objects.count(), Event.objects.count()) == (1, before)


@pytest.mark.parametrize("who", OUTSIDE)
def test_nobody_outside_comes_in(world, who):
    with rolled_back():
        books(world)
        client = with_second_factor(world, who)
        for path in (TOTALS, explain(world)):
            assert client.get(path)["Location"].startswith("/admin/login/")
        for path in (ASK, explain(world)):
            assert client.post(path, {"reason": "Because."})["Location"].startswith("/admin/login/")
        assert Difference.objects.get().state == "open"
        assert ReconciliationRun.objects.count() == 1


@pytest.mark.parametrize("count", [1, 40])
def test_the_list_asks_as_often_for_many_as_for_one(world, count, django_assert_num_queries):
    with rolled_back():
        books(world)
        one = Difference.objects.get()
        Difference.objects.bulk_create(
            Difference(
                **{"provider": "test_bank", "cause": "foreign", "kind": "charge", "reference": f"order {number}"},
                **{"fingerprint": f"{number:064}", "found_in": one.found_in, "last_in": one.found_in},
                owner=world.people["finance_staff"].user,
            )
            for number in range(1, count)
        )
        client = with_second_factor(world, "finance_staff")
        client.get(LIST)
        with django_assert_num_queries(LIST_QUERIES):
            client.get(LIST)
