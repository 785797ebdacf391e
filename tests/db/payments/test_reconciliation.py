"""The bank's books and ours, item by item: a clean month agrees, and what was done to either is found exactly."""

import gc
import tracemalloc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

import psycopg
import pytest
import time_machine
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from marketplace.core import clock, faults
from marketplace.core.actor import Actor, StaffRole
from marketplace.core.errors import Forbidden, IllegalTransition, NotFound
from marketplace.core.ids import new_id
from marketplace.core.models import Event
from marketplace.core.money import Money
from marketplace.core.timers.fire import fire_due
from marketplace.ledger.models import FundingLot, Journal
from marketplace.notifications.models import Notice, OutgoingMail
from marketplace.payments.errors import ExplanationNeeded, ProviderUnknown
from marketplace.payments.flows.inbox import backfill
from marketplace.payments.flows.pay_out import run_weekly_payouts
from marketplace.payments.flows.reconcile import ask_for_all, reconcile
from marketplace.payments.flows.refresh import resolve_unknown
from marketplace.payments.gateways import with_statement
from marketplace.payments.models import (
    Difference,
    Payout,
    ReconciliationRun,
    Refund,
    StatementLineRow,
    Transfer,
)
from marketplace.payments.selectors.reconciliation import latest_of_each
from marketplace.payments.services.payouts import try_payout_again
from marketplace.payments.services.reconciliation import (
    ask_reconciliation,
    explain_difference,
    judge,
    keep_page,
    take_difference,
)
from marketplace.payments.services.refunds import ask_refund
from marketplace.payments.statement import LineKind, StatementLine
from marketplace.payments.tasks import reconcile_nightly
from marketplace.stack.postgres import BANK_ROLE, OWNER_ROLE
from tests.db.payments.test_every_step_killed import at
from tests.factories.payees import payee, released, topped_up
from tests.factories.people import Person, make_owner, make_staff
from tests.support.bank import Bank
from tests.support.databases import copy_database, copy_database_in_use, drop_database, point_at
from tests.support.intruder import into_our_books, into_the_banks
from tests.support.kills import Killed, Killer
from tests.support.races import race
from tests.support.relay import due_now, relay_all

SYSTEM = Actor.system("test")
LATER = timedelta(hours=1)
PROVIDER = "test_bank"


def settle() -> None:
    for _ in range(2):
        due_now()
        relay_all()
        backfill(PROVIDER)
        resolve_unknown(unchecked_for=timedelta(0))


@dataclass(frozen=True)
class Month:
    """Who lived it, and the names of the two databases that it left."""

    merchant: Person
    anchor: Person
    finance: Person
    ours: str
    theirs: str


@pytest.fixture(scope="module")
def a_month(django_db_setup, django_db_blocker, bank_process) -> Iterator[Month]:
    """Lived once: each test gets a copy of both books."""
    shared, tag = settings.DATABASES["default"]["NAME"], new_id("tst")[-12:]
    ours, theirs = f"month_{tag}", f"month_bank_{tag}"
    bank_process.fresh_books()
    if not bank_process.running:
        bank_process.start()
    copy_database(ours)
    with django_db_blocker.unblock(), at(bank_process):
        point_at(ours)
        try:
            month = Month(make_owner(), make_owner("anchor", "Xia Wei"), make_staff(StaffRole.FINANCE), ours, theirs)
            live(month, bank_process)
        finally:
            point_at(shared)
    copy_database_in_use(theirs, bank_process.database, BANK_ROLE)
    yield month
    drop_database(ours)
    drop_database(theirs)


def live(month: Month, bank: Bank) -> None:
    """Two payments in, a refund done and one refused, two transfers, a payout that came back, was refused and went."""
    merchant, anchor, finance = month.merchant.actor, month.anchor.party, month.finance.actor
    payee(bank, month.anchor)
    lot = topped_up(bank, month.merchant, 1_000_000)
    topped_up(bank, month.merchant, 40_000, "JPY")
    ask_refund(actor=merchant, lot_public_id=lot.public_id, money=Money(30_000, "CNY"), key="back-1")
    settle()
    bank.fault("refund.create", "decline", count=1)
    ask_refund(actor=merchant, lot_public_id=lot.public_id, money=Money(20_000, "CNY"), key="back-2")
    settle()
    released(month.merchant, (anchor, 120_000))
    released(month.merchant, (anchor, 60_000))
    settle()
    with time_machine.travel(clock.now() + timedelta(days=8), tick=True):
        fire_due()
        settle()
        run_weekly_payouts()
        settle()
        first = Payout.objects.get()
        bank.settle_payout(first.provider_payout, "arrive")
        settle()
        bank.settle_payout(first.provider_payout, "fail")
        settle()
        bank.fault("payout.create", "decline", count=1)
        try_payout_again(actor=finance, public_id=first.public_id)
        settle()
        try_payout_again(actor=finance, public_id=first.public_id)
        settle()


@pytest.fixture
def month(a_month: Month, committed_db: str, at_bank: Bank) -> Iterator[Bank]:
    """Long after all of it. The bank's books are thrown away at the end: some were broken into."""
    for name, template, owner in (
        (committed_db, a_month.ours, OWNER_ROLE),
        (at_bank.database, a_month.theirs, BANK_ROLE),
    ):
        drop_database(name)
        copy_database(name, template, owner)
    point_at(committed_db)
    with time_machine.travel(clock.now() + timedelta(days=28), tick=True):
        yield at_bank
    at_bank.fresh_books()


@pytest.fixture
def merchant(request, committed_db) -> Person:
    return lived(request).merchant if lived(request) else make_owner()


@pytest.fixture
def anchor(request, month) -> Person:
    return lived(request).anchor


@pytest.fixture
def finance(request, month) -> Person:
    return lived(request).finance


def lived(request) -> Month | None:
    """The month that the test looks back on, if it does."""
    return request.getfixturevalue("a_month") if "month" in request.fixturenames else None


def compare(*, whole: bool = False) -> ReconciliationRun:
    run = ask_reconciliation(actor=SYSTEM, provider=PROVIDER, whole=whole)
    relay_all()
    run.refresh_from_db()
    assert run.finished_at is not None
    return run


def found() -> list[tuple]:
    rows = Difference.objects.filter(state="open").order_by("cause", "kind")
    return [(row.cause, row.kind, row.reference, row.here_minor, row.there_minor) for row in rows]


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


# --- what an intruder does ---


def leg(bank: psycopg.Connection, kind: str) -> int:
    """The platform's leg of the only posting of a kind, or of the first."""
    return bank.execute(
        "SELECT leg.id FROM standin_leg leg JOIN standin_posting posting ON posting.id = leg.posting_id"
        " JOIN standin_account account ON account.id = leg.account_id"
        " WHERE posting.kind = %s AND account.kind = 'platform' ORDER BY leg.id LIMIT 1",
        [kind],
    ).fetchone()[0]


def drop_a_refund_there(bank: psycopg.Connection) -> None:
    bank.execute("DELETE FROM standin_leg WHERE id = %s", [leg(bank, "refund")])


def charge_more_there(bank: psycopg.Connection) -> None:
    bank.execute("UPDATE standin_leg SET amount_minor = amount_minor + 700 WHERE id = %s", [leg(bank, "charge")])


def transfer_twice_there(bank: psycopg.Connection) -> None:
    bank.execute(
        "WITH copy AS (INSERT INTO standin_posting (kind, subject, reference, posted_at)"
        " SELECT kind, 'trf_copy', reference, posted_at FROM standin_posting WHERE id ="
        " (SELECT posting_id FROM standin_leg WHERE id = %(leg)s) RETURNING id)"
        " INSERT INTO standin_leg (posting_id, account_id, amount_minor, balance_minor)"
        " SELECT copy.id, account_id, amount_minor, 670000 FROM standin_leg, copy WHERE standin_leg.id = %(leg)s",
        {"leg": leg(bank, "transfer")},
    )


def charge_of_a_stranger_there(bank: psycopg.Connection) -> None:
    bank.execute(
        "WITH copy AS (INSERT INTO standin_posting (kind, subject, reference, posted_at)"
        " SELECT kind, 'chg_foreign', 'order 77', posted_at FROM standin_posting WHERE kind = 'charge' LIMIT 1"
        " RETURNING id) INSERT INTO standin_leg (posting_id, account_id, amount_minor, balance_minor)"
        " SELECT copy.id, account_id, 900, 790900 FROM standin_leg, copy WHERE standin_leg.id = %s",
        [leg(bank, "charge")],
    )


def charge_in_other_money_there(bank: psycopg.Connection) -> None:
    bank.execute(
        "UPDATE standin_leg SET account_id = (SELECT id FROM standin_account WHERE kind = 'platform'"
        " AND currency = 'JPY') WHERE id = %s",
        [leg(bank, "charge")],
    )


def payout_of_a_stranger_there(bank: psycopg.Connection) -> None:
    bank.execute(
        "INSERT INTO standin_event (id, type, object, created_at, channel, account, cause)"
        " SELECT 'evt_foreign', type, jsonb_set(object::jsonb, '{reference}', '\"salary\"'), created_at, channel,"
        " account, cause FROM standin_event WHERE type = 'payout.created' ORDER BY seq LIMIT 1"
    )


def of(kind: str, model: type, place: int = 0) -> Callable[[], str]:
    """The reference of ours that a kind of line carries."""

    def reference() -> str:
        return model.objects.order_by("pk")[place].public_id

    return reference


def funding() -> str:
    return Journal.objects.filter(kind="top_up").order_by("pk").first().reference


THERE = {
    drop_a_refund_there: ("missing_there", "refund", of("refund", Refund), -30_000, None),
    charge_more_there: ("amount", "charge", funding, 1_000_000, 1_000_700),
    transfer_twice_there: ("twice_there", "transfer", of("transfer", Transfer), -120_000, -240_000),
    charge_of_a_stranger_there: ("foreign", "charge", lambda: "order 77", None, 900),
    charge_in_other_money_there: ("currency", "charge", funding, 1_000_000, 1_000_000),
    payout_of_a_stranger_there: ("foreign", "payout", lambda: "salary", None, -180_000),
}


@pytest.mark.parametrize("intrusion", THERE, ids=lambda intrusion: intrusion.__name__)
@pytest.mark.parametrize("compared_before", [False, True])
def test_what_was_done_to_the_banks_books_is_found_and_nothing_else(month, finance, intrusion, compared_before):
    if compared_before:
        assert compare().state == "agrees"
    with into_the_banks(month.database) as bank:
        intrusion(bank)
    before = Journal.objects.count()
    run = compare(whole=True)
    cause, kind, reference, here, there = THERE[intrusion]
    assert found() == [(cause, kind, reference(), here, there)]
    assert (run.state, run.new_differences) == ("differs", 1)
    assert Journal.objects.count() == before
    notice = Notice.objects.get(kind="books_differ")
    assert (notice.user, notice.facts) == (finance.user, {"provider": PROVIDER, "count": 1})
    assert OutgoingMail.objects.filter(to=finance.user.email, subject__contains="differ").count() == 1


@contextmanager
def undone(*statements: tuple[str, str]) -> Iterator[None]:
    """Each statement into our books, and back when the test has looked."""
    with into_our_books() as ours:
        for done, _back in statements:
            ours.execute(done)
        yield
        for _done, back in statements:
            ours.execute(back)


ONE_TRANSFER = "(SELECT min(id) FROM ledger_journal WHERE kind = 'transferred')"
DROPPED_HERE = (
    f"UPDATE ledger_journal SET kind = 'mislaid' WHERE id = {ONE_TRANSFER}",
    "UPDATE ledger_journal SET kind = 'transferred' WHERE kind = 'mislaid'",
)
ALTERED_HERE = (
    f"UPDATE ledger_line SET amount_minor = amount_minor - 1 WHERE journal_id = {ONE_TRANSFER}",
    f"UPDATE ledger_line SET amount_minor = amount_minor + 1 WHERE journal_id = {ONE_TRANSFER}",
)
# That it was done says once more that it was sent.
TWICE_HERE = (
    "UPDATE ledger_journal SET kind = 'refund_started' WHERE kind = 'refund_done'",
    "UPDATE ledger_journal SET kind = 'refund_done' WHERE idempotency_key LIKE 'refund_done%'",
)


@pytest.mark.parametrize(
    ("intrusion", "cause", "kind", "model", "here", "there"),
    [
        (DROPPED_HERE, "missing_here", "transfer", Transfer, None, -120_000),
        (ALTERED_HERE, "amount", "transfer", Transfer, -119_999, -120_000),
        (TWICE_HERE, "twice_here", "refund", Refund, -60_000, -30_000),
    ],
)
def test_what_was_done_to_our_books_is_found_and_nothing_else(month, intrusion, cause, kind, model, here, there):
    reference = model.objects.order_by("pk")[0].public_id
    with undone(intrusion):
        run = compare()
        assert found() == [(cause, kind, reference, here, there)]
        assert (run.state, run.new_differences) == ("differs", 1)
    healed = compare()
    assert found() == []
    assert (healed.state, healed.new_differences, healed.resolved_differences) == ("agrees", 0, 1)
    gone = Difference.objects.get()
    assert (gone.state, gone.closed_at is not None) == ("resolved", True)
    assert Event.objects.filter(aggregate=gone.public_id, name="difference.resolved").count() == 1


def test_a_total_that_no_item_explains_is_a_difference_of_its_own(month):
    with into_the_banks(month.database) as bank:
        bank.execute(
            "UPDATE standin_leg SET balance_minor = balance_minor + 5"
            " WHERE id = (SELECT max(leg.id) FROM standin_leg leg JOIN"
            " standin_account account ON account.id = leg.account_id WHERE account.kind = 'platform'"
            " AND account.currency = 'CNY')"
        )
    compare()
    assert found() == [("total", "balance", "", 790_000, 790_005)]


def test_a_payee_who_has_less_at_the_bank_than_we_think_is_a_difference(month, anchor, merchant):
    """Her lines agree, what stands there does not."""
    released(merchant, (anchor.party, 10_000))
    settle()
    account = anchor.party.payout_account.provider_payee
    with into_the_banks(month.database) as bank:
        bank.execute("UPDATE standin_account SET balance_minor = balance_minor - 4 WHERE owner = %s", [account])
    with time_machine.travel(clock.now() + timedelta(days=8), tick=True):
        compare()
    [difference] = Difference.objects.all()
    assert (difference.cause, difference.payee) == ("total", account)
    assert (str(difference.here), str(difference.there)) == ("CNY 100.00", "CNY 99.96")


def test_a_transfer_taken_back_at_the_bank_is_missing_here_and_no_total_says_it_again(month, anchor, merchant):
    [transfer] = released(merchant, (anchor.party, 10_000))
    settle()
    there = Transfer.objects.get(pk=transfer.pk).provider_transfer
    back = {"amount_minor": 4_000, "reference": transfer.public_id}
    assert month.post(f"/api/transfers/{there}/reversals", back).is_success
    with time_machine.travel(clock.now() + LATER, tick=True):
        compare()
    assert found() == [("missing_here", "transfer_reversed", transfer.public_id, None, 4_000)]


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


def forget() -> None:
    """As if nothing had been compared yet."""
    for model in (Difference, StatementLineRow, *(ReconciliationRun._meta.get_field("balances").related_model,)):
        model.objects.all().delete()
    ReconciliationRun.objects.all().delete()


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


# --- however much ---


def lines(count: int) -> Iterator[StatementLine]:
    """A bank that tells of charges that nobody knows, one for each yuan."""
    long_ago = clock.now() - timedelta(days=3)
    for number in range(1, count + 1):
        yield StatementLine(
            line=f"entry {number}",
            cursor=f"{number}:",
            kind=LineKind.CHARGE,
            subject=f"chg_{number}",
            reference=FundingLot.__name__,  # one and the same item: what grows is the reading, not what is found
            money=Money(100, "CNY"),
            posted_at=long_ago,
        )


class Talker:
    def __init__(self, count: int) -> None:
        self.count = count

    def statement(self, after: str, payees) -> Iterator[StatementLine]:
        return lines(self.count)


@pytest.fixture
def talks(committed_db, monkeypatch) -> Callable[[int], ReconciliationRun]:
    """A run that nothing has read yet, of a provider that tells of so many lines."""

    def talks(count: int) -> ReconciliationRun:
        forget()
        monkeypatch.setattr("marketplace.payments.flows.reconcile.provider", lambda _name: Talker(count))
        return ask_reconciliation(actor=SYSTEM, provider=PROVIDER)

    return talks


def test_ten_thousand_lines_need_no_more_memory_than_two_thousand(talks):
    heights = []
    for count in (2_000, 10_000):
        run = talks(count)
        gc.collect()
        tracemalloc.start()
        reconcile(run.public_id)
        heights.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
        run.refresh_from_db()
        assert (run.lines_read, run.new_differences, run.state) == (count, 1, "differs")
        assert Difference.objects.get().there_minor == count * 100
    assert heights[1] < heights[0] * 1.3, heights


def test_each_page_takes_the_same_few_queries_and_the_comparison_as_many_as_ever(talks):
    queries = []
    for count in (1_000, 2_000, 4_000):
        run = talks(count)
        with CaptureQueriesContext(connection) as captured:
            reconcile(run.public_id)
        queries.append(len(captured))
    pages = 1_000 // 500
    assert queries[2] - queries[1] == 2 * (queries[1] - queries[0])
    assert (queries[1] - queries[0]) / pages <= 6
    assert queries[0] <= 40
