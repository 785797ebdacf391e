"""A payout run: everybody who had enough ready when it was planned, in chunks, once, however many workers."""

import gc
import tracemalloc
from functools import partial

import pytest

from marketplace.core import clock
from marketplace.core.actor import Actor, Role, StaffRole
from marketplace.core.errors import Forbidden, IllegalTransition
from marketplace.core.models import Delivery, Event
from marketplace.ledger.models import Balance
from marketplace.payments.flows import pay_out
from marketplace.payments.flows.pay_out import CHUNK, carry_out, run_weekly_payouts
from marketplace.payments.models import Payout, PayoutAccount, PayoutGuard, PayoutRun, PayoutRunMember, Transfer
from marketplace.payments.selectors.payout_runs import progress_of, view_of
from marketplace.payments.services.payout_account import freeze_payee
from marketplace.payments.services.payout_runs import (
    cancel_payout_run,
    finish_payout_run,
    plan_payout_run,
    post_members,
    start_payout_run,
)
from marketplace.payments.services.payouts import ask_payout
from marketplace.payments.tasks import post_payout_runs
from tests.factories.payees import with_second_factor
from tests.factories.people import make_owner, make_staff
from tests.factories.ready import more_for, payees_with_money
from tests.support.races import race
from tests.support.relay import relay_all

SYSTEM = Actor.system("test")


def left_at_provider() -> int:
    return balance_of_kind("connected")


def balance_of_kind(kind: str) -> int:
    return sum(Balance.objects.filter(account__kind=kind).values_list("amount_minor", flat=True))


def planned() -> str:
    """A run that has started, with nothing posted yet."""
    public_id = plan_payout_run(actor=SYSTEM).public_id
    assert start_payout_run(actor=SYSTEM, public_id=public_id)
    return public_id


def post(public_id: str, chunk: int) -> int:
    return post_members(actor=SYSTEM, public_id=public_id, chunk=chunk)


def outcomes() -> list[tuple[str, str, int]]:
    """Of each member in the order of its party: what came of it, why, and how much."""
    return list(PayoutRunMember.objects.order_by("pk").values_list("outcome", "reason", "amount_minor"))


def standing(run: PayoutRun) -> dict[str, tuple[int, int]]:
    [progress] = progress_of(run)
    return {str(step.word): (step.payouts, step.money.amount_minor) for step in progress.steps}


def test_hundreds_are_paid_out_in_chunks_and_once(committed_db):
    parties = payees_with_money(450)
    assert run_weekly_payouts() == -(-450 // CHUNK)
    assert run_weekly_payouts() == 0
    assert Payout.objects.count() == 450
    assert set(Payout.objects.values_list("amount_minor", "state", "currency")) == {(5_000, "pending", "CNY")}
    assert set(Payout.objects.values_list("party", flat=True)) == {party.pk for party in parties}
    assert left_at_provider() == 0
    assert not Transfer.objects.filter(payout=None).exists()
    run = PayoutRun.objects.get()
    assert (run.state, run.alone) == ("done", True)
    total = run.totals.get()
    assert (total.payees, total.payouts, total.transfers, total.amount_minor) == (450, 450, 450, 2_250_000)
    assert balance_of_kind("in_transit") == total.amount_minor
    assert {word: count for word, count in standing(run).items() if count[0]} == {
        "Planned": (450, 2_250_000),
        "Booked": (450, 2_250_000),
    }


def test_four_workers_at_once_pay_everybody_once(committed_db):
    payees_with_money(120)
    plans = race(*(partial(plan_payout_run, actor=SYSTEM) for _ in range(4)))
    assert len({run.pk for run in plans}) == 1
    public_id = plans[0].public_id
    assert all(race(*(partial(start_payout_run, actor=SYSTEM, public_id=public_id) for _ in range(4))))
    assert race(*(partial(post, public_id, 20) for _ in range(4))) == [20] * 4
    race(*(run_weekly_payouts for _ in range(4)))
    assert Payout.objects.count() == 120
    assert left_at_provider() == 0
    assert PayoutRun.objects.get().state == "done"


def test_a_run_that_is_cut_off_goes_on_with_the_next(committed_db):
    payees_with_money(30)
    public_id = planned()
    assert post(public_id, 10) == 10
    assert Payout.objects.count() == 10
    assert finish_payout_run(actor=SYSTEM, public_id=public_id).state == "running"
    relay_all()
    assert Payout.objects.count() == 30
    assert PayoutRun.objects.get().state == "done"


def test_a_run_that_nobody_is_at_any_more_is_posted_by_the_clock(committed_db):
    payees_with_money(3)
    public_id = planned()
    post(public_id, 2)
    Delivery.objects.update(state="done")
    post_payout_runs()
    assert (Payout.objects.count(), PayoutRun.objects.get().state) == (3, "done")


def test_what_is_too_much_for_one_delivery_is_handed_on(committed_db, monkeypatch):
    payees_with_money(5)
    monkeypatch.setattr(pay_out, "CHUNKS_AT_ONCE", 1)
    monkeypatch.setattr(pay_out, "CHUNK", 2)
    assert run_weekly_payouts() == 1
    assert Payout.objects.count() == 2
    relay_all()
    assert Payout.objects.count() == 5
    assert PayoutRun.objects.get().state == "done"


def test_each_currency_has_its_least_amount(committed_db, settings):
    settings.PAYOUT_RUN_ALONE_MINOR = {"CNY": 10_000, "JPY": 10_000, "KWD": 10_000}
    payees_with_money(1, minor=999)
    payees_with_money(1, minor=1_000)
    payees_with_money(1, minor=999, currency="JPY")
    payees_with_money(1, minor=1_000, currency="JPY")
    payees_with_money(1, minor=9_999, currency="KWD")
    payees_with_money(1, minor=10_000, currency="KWD")
    run_weekly_payouts()
    assert sorted(Payout.objects.values_list("currency", "amount_minor")) == [
        ("CNY", 1_000),
        ("JPY", 1_000),
        ("KWD", 10_000),
    ]
    assert [(one["currency"], one["reason"], one["minor"]) for one in PayoutRun.objects.get().left_out] == [
        ("CNY", "too_little", 999),
        ("JPY", "too_little", 999),
        ("KWD", "too_little", 9_999),
    ]


def test_who_cannot_be_paid_is_left_and_stops_nobody(committed_db):
    switched_off, guarded, frozen, held, fine = payees_with_money(5)
    PayoutAccount.objects.filter(party=switched_off).update(payouts_enabled=False)
    PayoutGuard.objects.create(party=guarded, change="password")
    long_ago = clock.now().replace(year=2020)
    PayoutGuard.objects.create(party=frozen, change="password", changed_at=long_ago, frozen_at=long_ago)
    freeze_payee(actor=make_staff(StaffRole.FINANCE).actor, party_public_id=held.public_id)
    run_weekly_payouts()
    assert [payout.party for payout in Payout.objects.all()] == [fine]
    assert left_at_provider() == 20_000
    view = view_of(PayoutRun.objects.get())
    assert [(one.reason, one.payees, one.money.amount_minor) for one in view.left_out] == [
        ("Frozen: talk to our staff", 2, 10_000),
        ("No account to pay to yet", 1, 5_000),
        ("72 hours after a change of sign-in or account details", 1, 5_000),
    ]


def test_what_changed_since_it_was_planned_is_dropped_with_the_reason(committed_db):
    frozen, guarded, switched_off, taken, fine = payees_with_money(5)
    public_id = planned()
    freeze_payee(actor=make_staff(StaffRole.FINANCE).actor, party_public_id=frozen.public_id)
    PayoutGuard.objects.create(party=guarded, change="password")
    PayoutAccount.objects.filter(party=switched_off).update(payouts_enabled=False)
    asker = with_second_factor(make_owner("anchor"))
    hers = Actor(user_id=asker.user.pk, party_id=taken.pk, role=Role.OWNER)
    on_demand = ask_payout(actor=hers, currency="CNY", key="now")
    more_for(fine, 7_000)
    carry_out(public_id)
    assert outcomes() == [
        ("dropped", "frozen", 5_000),
        ("dropped", "security_change", 5_000),
        ("dropped", "no_account", 5_000),
        ("dropped", "taken", 5_000),
        ("posted", "", 5_000),
    ]
    posted = PayoutRunMember.objects.get(outcome="posted").payout
    assert set(Payout.objects.all()) == {on_demand, posted}
    assert (posted.party, posted.amount_minor, posted.transfers.count()) == (fine, 5_000, 1)
    assert left_at_provider() == 3 * 5_000 + 7_000
    run = PayoutRun.objects.get()
    assert run.state == "done"
    assert standing(run)["Dropped"] == (4, 20_000)


def test_what_arrives_after_it_was_planned_goes_with_the_next(committed_db):
    [party] = payees_with_money(1)
    public_id = planned()
    more_for(party, 7_000)
    carry_out(public_id)
    assert list(Payout.objects.values_list("amount_minor", flat=True)) == [5_000]
    run_weekly_payouts()
    assert sorted(Payout.objects.values_list("amount_minor", flat=True)) == [5_000, 7_000]
    assert view_of(PayoutRun.objects.latest("pk")).currencies[0].percent == 140


def test_cancelled_in_the_middle_the_rest_is_dropped(committed_db):
    payees_with_money(5)
    public_id, staff = planned(), make_staff(StaffRole.FINANCE)
    post(public_id, 2)
    cancel_payout_run(actor=staff.actor, public_id=public_id)
    assert carry_out(public_id) == 0
    assert outcomes() == [("posted", "", 5_000)] * 2 + [("dropped", "cancelled", 5_000)] * 3
    assert (Payout.objects.count(), left_at_provider()) == (2, 15_000)
    before = Event.objects.count()
    with pytest.raises(IllegalTransition):
        cancel_payout_run(actor=staff.actor, public_id=public_id)
    assert Event.objects.count() == before
    run_weekly_payouts()
    assert left_at_provider() == 0


def test_memory_stays_flat(committed_db, monkeypatch):
    """A run of 2.5 times the payees needs little more at its height: garbage that is not collected yet."""
    monkeypatch.setattr(pay_out, "CHUNK", 100)
    heights = []
    for count in (200, 500):
        payees_with_money(count)
        gc.collect()
        tracemalloc.start()
        run_weekly_payouts()
        heights.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert heights[1] < heights[0] * 2, heights


@pytest.mark.parametrize("actor", [Actor(), Actor(user_id=1, party_id=1)])
def test_nobody_but_the_clock_and_finance_touches_it(committed_db, actor):
    payees_with_money(1)
    with pytest.raises(Forbidden):
        plan_payout_run(actor=actor)
    public_id = planned()
    for act in (cancel_payout_run, start_payout_run, partial(post_members, chunk=1), finish_payout_run):
        with pytest.raises(Forbidden):
            act(actor=actor, public_id=public_id)
    assert not Payout.objects.exists()
    assert PayoutRun.objects.get().state == "running"
