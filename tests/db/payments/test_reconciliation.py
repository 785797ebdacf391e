"""The bank's books and ours: a clean month agrees, whatever happens on the way; and who may look into what does not."""

from datetime import timedelta
from functools import partial

import pytest
import time_machine

from marketplace.core import clock, faults
from marketplace.core.actor import StaffRole
from marketplace.core.errors import Forbidden, IllegalTransition, NotFound
from marketplace.core.models import Event
from marketplace.core.money import Money
from marketplace.notifications.models import Notice
from marketplace.payments.errors import ExplanationNeeded, ProviderUnknown
from marketplace.payments.flows.pay_out import run_weekly_payouts
from marketplace.payments.flows.reconcile import ask_for_all, reconcile
from marketplace.payments.gateways import with_statement
from marketplace.payments.models import (
    Difference,
    Payout,
    ReconciliationRun,
    StatementLineRow,
)
from marketplace.payments.selectors.reconciliation import latest_of_each
from marketplace.payments.services.reconciliation import (
    ask_reconciliation,
    explain_difference,
    judge,
    keep_page,
    take_difference,
)
from marketplace.payments.services.refunds import ask_refund
from marketplace.payments.tasks import reconcile_nightly
from tests.db.payments.test_intruders import charge_of_a_stranger_there
from tests.factories.payees import released, topped_up
from tests.factories.people import make_owner, make_staff
from tests.support.intruder import into_the_banks
from tests.support.kills import Killed, Killer
from tests.support.races import race
from tests.support.reconciled_month import (
    LATER,
    PROVIDER,
    SYSTEM,
    a_month,
    anchor,
    compare,
    finance,
    forget,
    found,
    merchant,
    month,
    settle,
)
from tests.support.relay import due_now, relay_all

__all__ = ["a_month", "anchor", "finance", "merchant", "month"]


def test_a_clean_month_agrees_item_by_item_and_in_total(month, finance):
    run = compare()
    assert found() == []
    assert (run.state, run.whole, run.cursor_from) == ("agrees", True, "")
    assert (run.lines_read, run.new_differences, run.resolved_differences) == (8, 0, 0)
    assert run.totals == [
        row("charge", "CNY", 1, 1_000_000),
        row("payout", "CNY", 2, -360_000),
        row("payout_returned", "CNY", 1, 180_000),
        row("refund", "CNY", 1, -30_000),
        row("transfer", "CNY", 2, -180_000),
        row("charge", "JPY", 1, 40_000),
    ]
    assert not Notice.objects.filter(kind="books_differ").exists()


def row(kind: str, currency: str, count: int, minor: int) -> dict[str, object]:
    return {
        "kind": kind,
        "currency": currency,
        "here": count,
        "here_minor": minor,
        "there": count,
        "there_minor": minor,
    }


def test_the_next_run_reads_only_what_is_new(month, merchant):
    first = compare()
    topped_up(month, merchant, 5_000)
    settle()
    with time_machine.travel(clock.now() + LATER, tick=True):
        second = compare()
    assert second.cursor_from == first.cursor_to != ""
    assert (second.state, second.whole, second.lines_read) == ("agrees", False, 1)
    assert StatementLineRow.objects.count() == 9


# --- what is on its way ---


def test_what_happened_a_moment_ago_is_no_difference(at_bank, merchant):
    topped_up(at_bank, merchant, 10_000)
    at_bank.paid(reference="order 78")
    run = compare()
    assert (run.state, found()) == ("agrees", [])
    with time_machine.travel(clock.now() + LATER, tick=True):
        compare()
    assert found() == [("foreign", "charge", "order 78", None, 100_000)]


def test_a_refund_whose_outcome_is_unknown_is_asked_about_first(at_bank, merchant):
    lot = topped_up(at_bank, merchant, 10_000)
    at_bank.fault("refund.create", "drop_after", count=1)
    refund = ask_refund(actor=merchant.actor, lot_public_id=lot.public_id, money=Money(4_000, "CNY"), key="back")
    relay_all()
    refund.refresh_from_db()
    assert refund.state == "submitting"
    with time_machine.travel(clock.now() + LATER, tick=True):
        run = ask_reconciliation(actor=SYSTEM, provider=PROVIDER)
        reconcile(run.public_id)
    refund.refresh_from_db()
    assert (refund.state, found()) == ("done", [])


def test_a_payout_that_waits_for_its_hold_is_no_difference(month, anchor, merchant):
    released(merchant, (anchor.party, 50_000))
    settle()
    with time_machine.travel(clock.now() + timedelta(days=2), tick=True):
        run_weekly_payouts()
        with time_machine.travel(clock.now() + LATER, tick=True):
            run = ask_reconciliation(actor=SYSTEM, provider=PROVIDER)
            reconcile(run.public_id)
        assert Payout.objects.filter(state="pending").count() == 1
    assert found() == []


# --- once, whatever happens ---


def test_the_same_difference_is_opened_once_and_an_explanation_stays(month, finance):
    with into_the_banks(month.database) as bank:
        charge_of_a_stranger_there(bank)
    compare()
    difference = Difference.objects.get()
    explain_difference(actor=finance.actor, public_id=difference.public_id, reason="Our shop's till.")
    second = compare(whole=True)
    assert (second.state, second.new_differences, second.known_differences) == ("differs", 0, 1)
    difference.refresh_from_db()
    assert (difference.state, difference.reason, difference.last_in) == ("explained", "Our shop's till.", second)
    assert Difference.objects.count() == 1
    assert Notice.objects.filter(kind="books_differ").count() == 1


def test_a_run_killed_at_each_point_goes_on_to_the_same_end(month):
    with into_the_banks(month.database) as bank:
        charge_of_a_stranger_there(bank)
    killer = Killer()
    with faults.installed(killer):
        compare()
    points = [point for point in dict.fromkeys(killer.passed) if "reconcil" in point or ".list" in point]
    assert {"commit:payments.services.reconciliation.judge:before", "call:entry.list:after"} <= set(points)
    for point in points:
        forget()
        killer = Killer(point)
        with faults.installed(killer):
            try:
                compare(whole=True)
            except Killed:
                due_now()
                compare(whole=True)
        assert killer.struck, point
        assert found() == [("foreign", "charge", "order 77", None, 900)], point
        finished = ReconciliationRun.objects.exclude(finished_at=None)
        assert {(run.state, run.new_differences) for run in finished} <= {("differs", 1), ("differs", 0)}, point
        assert sum(run.new_differences for run in finished) == 1, point


def test_a_run_that_is_broken_off_between_two_pages_goes_on_there(month, monkeypatch):
    monkeypatch.setattr("marketplace.payments.flows.reconcile.PAGE", 2)
    run = ask_reconciliation(actor=SYSTEM, provider=PROVIDER)
    killer = SecondPage()
    with faults.installed(killer), pytest.raises(Killed):
        reconcile(run.public_id)
    run.refresh_from_db()
    assert (run.state, run.lines_read) == ("reading", 4)
    reconcile(run.public_id)
    run.refresh_from_db()
    assert (run.state, run.lines_read) == ("agrees", 8)


class SecondPage:
    """Dies when a second page has been kept."""

    kept = 0

    def __call__(self, point: str) -> None:
        if point == "commit:payments.services.reconciliation.keep_page:after":
            self.kept += 1
            if self.kept == 2:
                raise Killed(point)


def test_two_at_once_are_one_run(month):
    asked = race(*(partial(ask_reconciliation, actor=SYSTEM, provider=PROVIDER) for _ in range(4)))
    assert len({run.public_id for run in asked}) == 1
    results = race(*(partial(reconcile, asked[0].public_id) for _ in range(3)))
    assert not [result for result in results if isinstance(result, Exception)]
    run = ReconciliationRun.objects.get()
    assert (run.state, run.lines_read) == ("agrees", 8)
    assert StatementLineRow.objects.count() == 8
    assert Event.objects.filter(name="reconciliation.finished").count() == 1


def test_a_bank_that_is_silent_puts_it_off(month):
    month.fault("entry.list", "drop_before", count=1)
    run = ask_reconciliation(actor=SYSTEM, provider=PROVIDER)
    with pytest.raises(ProviderUnknown):
        reconcile(run.public_id)
    run.refresh_from_db()
    assert run.state == "reading"
    assert reconcile(run.public_id).state == "agrees"


def test_the_clock_asks_for_each_provider_that_is_configured(month):
    assert with_statement() == [PROVIDER]
    assert [run.provider for run in ask_for_all(whole=True)] == [PROVIDER]


@pytest.mark.parametrize(("day", "whole"), [("2027-03-06T00:30Z", False), ("2027-03-07T00:30Z", True)])
def test_on_sundays_it_reads_from_the_beginning(month, day, whole):
    compare()
    with time_machine.travel(day, tick=True):
        reconcile_nightly()
    assert ReconciliationRun.objects.get(state="reading").whole is whole


# --- who may ---


@pytest.mark.parametrize("role", [StaffRole.OPERATIONS, StaffRole.COMPLIANCE, None])
def test_nobody_but_finance_asks_takes_or_explains(month, role):
    with into_the_banks(month.database) as bank:
        charge_of_a_stranger_there(bank)
    compare()
    difference = Difference.objects.get()
    other = make_staff(role).actor if role else make_owner().actor
    events = Event.objects.count()
    with pytest.raises(Forbidden):
        ask_reconciliation(actor=other, provider=PROVIDER)
    with pytest.raises(Forbidden):
        take_difference(actor=other, public_id=difference.public_id)
    with pytest.raises(Forbidden):
        explain_difference(actor=other, public_id=difference.public_id, reason="Because.")
    for step in (judge, partial(keep_page, after="", page=[])):
        with pytest.raises(Forbidden):
            step(actor=other, public_id=difference.found_in.public_id)
    assert not Difference.objects.visible_to(other).exists()
    assert not ReconciliationRun.objects.visible_to(other).exists()
    assert latest_of_each(other) == []
    assert Event.objects.count() == events
    difference.refresh_from_db()
    assert (difference.state, difference.owner, difference.reason) == ("open", None, "")


def test_a_difference_is_taken_explained_once_and_only_in_words(month, finance):
    with into_the_banks(month.database) as bank:
        charge_of_a_stranger_there(bank)
    compare()
    public_id = Difference.objects.get().public_id
    take_difference(actor=finance.actor, public_id=public_id)
    take_difference(actor=finance.actor, public_id=public_id)
    with pytest.raises(ExplanationNeeded):
        explain_difference(actor=finance.actor, public_id=public_id, reason="  ")
    colleague = make_staff(StaffRole.FINANCE)
    explain_difference(actor=colleague.actor, public_id=public_id, reason="Our shop's till.")
    with pytest.raises(IllegalTransition):
        explain_difference(actor=finance.actor, public_id=public_id, reason="Another story.")
    with pytest.raises(NotFound):
        take_difference(actor=finance.actor, public_id="dif_nowhere")
    difference = Difference.objects.get()
    assert (difference.state, difference.reason) == ("explained", "Our shop's till.")
    assert (difference.owner, difference.explained_by) == (finance.user, colleague.user)
    names = list(Event.objects.filter(aggregate=public_id).order_by("seq").values_list("name", flat=True))
    assert names == ["difference.taken", "difference.explained"]
