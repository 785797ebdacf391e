"""The desk of payout runs and the switch that pauses all payouts: what finance reads and does there, and what payees
read meanwhile."""

import pytest
from django.test import Client
from django.urls import reverse

from marketplace.core.models import Event
from marketplace.payments.models import PayoutPause, PayoutRun, PayoutRunMember
from tests.factories.world import World
from tests.support.pages.cargo import runs
from tests.web.conftest import rolled_back
from tests.web.test_admin import OUTSIDE, with_second_factor

LIST = reverse("admin:payments_payoutrun_changelist")
PLAN = reverse("admin:payments_payoutrun_plan")
PAUSES = reverse("admin:payments_payoutpause_changelist")
TURN = reverse("admin:payments_payouts_turn")
PAYOUT_PAGES = [
    reverse(f"admin:payments_{table}_changelist")
    for table in ("transfer", "payout", "payoutaccount", "payoutguard", "payoutrun", "payoutrunmember", "payoutpause")
]


def finance_of(world: World) -> Client:
    return with_second_factor(world, "finance_staff")


def page_of(run: PayoutRun) -> str:
    return reverse("admin:payments_payoutrun_change", args=[run.pk])


def act(name: str, world: World) -> str:
    return reverse(f"admin:payments_payoutrun_{name}", args=[world.ids["payout_run"]])


def pause(world: World, number: int = 1) -> None:
    by = world.people["finance_staff"].user
    PayoutPause.objects.create(number=number, paused=True, reason="The bank told us of a fault.", by=by)


def test_a_run_that_waits_shows_its_sums_its_largest_and_who_is_left_out(world):
    with rolled_back():
        runs(world)
        client, run = finance_of(world), PayoutRun.objects.get()
        page = client.get(page_of(run)).content.decode()
        for text in (
            "CNY 1,200.00",
            world.people["anchor"].party.name,
            "Less than is paid out at once",
            "Two different people of finance approve it until",
            "Approve the run",
            "Cancel the run",
        ):
            assert text in page, text
        assert "CNY 1,200.00" in client.get(LIST).content.decode()


def test_one_approves_and_is_not_asked_again(world):
    with rolled_back():
        runs(world)
        client, run = finance_of(world), PayoutRun.objects.get()
        assert client.get(act("approve", world)).status_code == 405
        assert client.post(act("approve", world))["Location"] == page_of(run)
        run.refresh_from_db()
        assert (run.state, run.first_by) == ("planned", world.people["finance_staff"].user)
        approved = Event.objects.get(aggregate=run.public_id)
        assert (approved.name, approved.source) == ("payout_run.approved_once", "admin")
        assert "Approve the run" not in client.get(page_of(run)).content.decode()
        again = client.post(act("approve", world), follow=True).content.decode()
        assert "Somebody else of finance has to, too." in again
        run.refresh_from_db()
        assert (run.state, run.second_by) == ("planned", None)


def test_it_is_cancelled_and_nothing_is_left_to_plan(world):
    with rolled_back():
        runs(world)
        client, run = finance_of(world), PayoutRun.objects.get()
        client.post(act("cancel", world))
        run.refresh_from_db()
        assert run.state == "cancelled"
        assert PayoutRunMember.objects.get().reason == "cancelled"
        assert "The run was cancelled" in client.get(page_of(run)).content.decode()
        assert "Nobody has enough ready for a payout." in client.post(PLAN, follow=True).content.decode()
        assert PayoutRun.objects.count() == 1


def test_all_payouts_are_paused_with_a_reason_that_every_payout_page_shows(world):
    with rolled_back():
        client = finance_of(world)
        assert client.post(TURN, {"paused": "True", "reason": "  "}).status_code == 422
        assert not PayoutPause.objects.exists()
        client.post(TURN, {"paused": "True", "reason": "The bank told us of a fault."})
        switch = PayoutPause.objects.get()
        assert (switch.paused, switch.by) == (True, world.people["finance_staff"].user)
        for address in PAYOUT_PAGES:
            assert "The bank told us of a fault." in client.get(address).content.decode(), address
        page = client.post(TURN, {"paused": "True", "reason": "Again."}, follow=True).content.decode()
        assert "It is so already" in page
        assert "Let payouts go on" in client.get(TURN).content.decode()
        client.post(TURN, {"reason": "It is mended."})
        assert list(PayoutPause.objects.order_by("number").values_list("paused", flat=True)) == [True, False]
        assert "All payouts are paused." not in client.get(LIST).content.decode()


def test_while_paused_nobody_is_offered_an_approval(world):
    with rolled_back():
        runs(world)
        pause(world, number=3)
        client, run = finance_of(world), PayoutRun.objects.get()
        page = client.get(page_of(run)).content.decode()
        assert "Approve the run" not in page
        assert "Cancel the run" in page
        said = client.post(act("approve", world), follow=True).content.decode()
        assert "All payouts are paused for the moment." in said
        run.refresh_from_db()
        assert run.first_by is None


@pytest.mark.parametrize(
    ("language", "words"), [("en", "Your money is safe where it is"), ("zh-hans", "您的钱安全地留在原处")]
)
def test_a_payee_reads_that_payouts_are_paused(world, language, words):
    with rolled_back():
        client = world.client("anchor")
        assert words not in client.get("/earnings/", headers={"accept-language": language}).text
        pause(world)
        assert words in client.get("/earnings/", headers={"accept-language": language}).text


@pytest.mark.parametrize("who", [*OUTSIDE, "operations", "compliance", "agency"])
def test_nobody_else_comes_near(world, who):
    with rolled_back():
        runs(world)
        client, before = with_second_factor(world, who), PayoutPause.objects.count()
        for address in (act("approve", world), act("cancel", world), PLAN, TURN):
            assert client.post(address, {"paused": "True", "reason": "x"}).status_code in (302, 403, 404), address
        run = PayoutRun.objects.get()
        assert (run.state, run.first_by, PayoutPause.objects.count()) == ("planned", None, before)
