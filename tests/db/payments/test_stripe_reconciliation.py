"""Stripe's own statement and our books, item by item: a clean month agrees, what was done to it is found exactly."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

import psycopg
import pytest
import time_machine
from django.conf import settings

from marketplace.core import clock, faults, invariants
from marketplace.core.actor import Actor, StaffRole
from marketplace.core.ids import new_id
from marketplace.core.money import Money
from marketplace.core.timers.fire import fire_due
from marketplace.ledger import chart
from marketplace.ledger.models import FundingLot, Journal
from marketplace.ledger.selectors import balance_of
from marketplace.payments.errors import ProviderUnknown
from marketplace.payments.flows.inbox import backfill
from marketplace.payments.flows.pay_out import open_account_page, run_weekly_payouts
from marketplace.payments.flows.reconcile import reconcile
from marketplace.payments.flows.refresh import refresh_account, refresh_funding, refresh_payout, resolve_unknown
from marketplace.payments.flows.submit import submit_funding
from marketplace.payments.gateways import with_statement
from marketplace.payments.gateways.stripe_connect import statement
from marketplace.payments.models import (
    Chargeback,
    Difference,
    Funding,
    Payout,
    PayoutAccount,
    ReconciliationRun,
    Refund,
    StatementBalance,
    StatementLineRow,
    Transfer,
)
from marketplace.payments.services.funding import ask_top_up
from marketplace.payments.services.payout_account import ask_payout_account
from marketplace.payments.services.reconciliation import ask_reconciliation
from marketplace.payments.services.refunds import ask_refund
from marketplace.stack.postgres import BANK_ROLE, OWNER_ROLE
from tests.factories.deals import verify
from tests.factories.payees import released, with_second_factor
from tests.factories.people import Person, make_owner, make_staff
from tests.support.databases import copy_database, copy_database_in_use, drop_database, point_at
from tests.support.intruder import into_the_banks
from tests.support.kills import Killed, Killer
from tests.support.races import race
from tests.support.relay import due_now, relay_all
from tests.support.sides import StripeSide

SYSTEM = Actor.system("test")
LINES, ITS_FEES = 12, 5


@dataclass(frozen=True)
class Month:
    merchant: Person
    anchor: Person
    ours: str
    theirs: str


def settle() -> None:
    for _ in range(2):
        due_now()
        relay_all()
        backfill("stripe")
        resolve_unknown(unchecked_for=timedelta(0))


@pytest.fixture(scope="module")
def a_month(django_db_setup, django_db_blocker, bank_process) -> Iterator[Month]:
    """Lived once: each test gets a copy of both books."""
    shared, tag = settings.DATABASES["default"]["NAME"], new_id("tst")[-12:]
    ours, theirs = f"stripe_month_{tag}", f"stripe_month_there_{tag}"
    bank_process.fresh_books()
    if not bank_process.running:
        bank_process.start()
    copy_database(ours)
    side = StripeSide(bank_process)
    with django_db_blocker.unblock(), side.settings():
        point_at(ours)
        try:
            make_staff(StaffRole.FINANCE)
            month = Month(make_owner(), make_owner("anchor", "Xia Wei"), ours, theirs)
            live(month, side)
        finally:
            point_at(shared)
    copy_database_in_use(theirs, bank_process.database, BANK_ROLE)
    yield month
    drop_database(ours)
    drop_database(theirs)


def paid_in(side: StripeSide, merchant: Person, minor: int, currency: str = "USD") -> FundingLot:
    asked = ask_top_up(actor=merchant.actor, money=Money(minor, currency), provider="stripe", key=new_id("key"))
    funding = submit_funding(asked.public_id)
    side.pay(funding)
    refresh_funding(funding)
    relay_all()
    return FundingLot.objects.get(charge=Funding.objects.get(pk=funding.pk).charge)


def live(month: Month, side: StripeSide) -> None:
    """Three payments in, two of them charged back, one won; two refunds, one came back; a payout that did too."""
    lot = paid_in(side, month.merchant, 100_000)
    lost, won = (paid_in(side, month.merchant, minor, "EUR") for minor in (40_000, 30_000))
    for minor in (10_000, 5_000):
        money = Money(minor, "USD")
        ask_refund(actor=month.merchant.actor, lot_public_id=lot.public_id, money=money, key=f"back-{minor}")
        settle()
    side.bank.fail_refund(Refund.objects.get(amount_minor=5_000).provider_refund)
    settle()
    for charged_back, how in ((lost, "lose"), (won, "win")):
        dispute = side.bank.dispute(charged_back.charge)
        settle()
        side.bank.decide(dispute["id"], how)
        settle()
    anchor = with_second_factor(month.anchor)
    verify(anchor.party, "payee")
    account = ask_payout_account(actor=anchor.actor, provider="stripe")
    open_account_page(account)
    account.refresh_from_db()
    side.name_account(account)
    refresh_account(account)
    released(month.merchant, (anchor.party, 20_000), currency="USD")
    side.let_money_become_available()
    with time_machine.travel(clock.now() + timedelta(days=8), tick=True):
        fire_due()
        settle()
        run_weekly_payouts()
        settle()
        for how in ("arrive", "fail"):
            side.settle_payout(Payout.objects.get().provider_payout, how)
            refresh_payout(Payout.objects.get())
    assert Payout.objects.get().state == "returned"


@pytest.fixture
def month(a_month: Month, committed_db: str, bank) -> Iterator[StripeSide]:
    """Long after all of it. Stripe's books are thrown away at the end: some were broken into."""
    for name, template, owner in (
        (committed_db, a_month.ours, OWNER_ROLE),
        (bank.database, a_month.theirs, BANK_ROLE),
    ):
        drop_database(name)
        copy_database(name, template, owner)
    point_at(committed_db)
    side = StripeSide(bank)
    with time_machine.travel(clock.now() + timedelta(days=28), tick=True), side.settings():
        yield side
    bank.fresh_books()


def compare(*, whole: bool = False) -> ReconciliationRun:
    run = ask_reconciliation(actor=SYSTEM, provider="stripe", whole=whole)
    relay_all()
    run.refresh_from_db()
    assert run.finished_at is not None
    return run


def found() -> list[tuple]:
    rows = Difference.objects.filter(state="open").order_by("cause", "kind")
    return [(row.cause, row.kind, row.reference, row.here_minor, row.there_minor) for row in rows]


def test_a_clean_month_agrees_item_by_item_and_in_total(month):
    assert with_statement() == ["stripe"]
    run = compare()
    assert found() == []
    assert (run.state, run.whole, run.lines_read) == ("agrees", True, LINES + ITS_FEES)
    assert all(row["here_minor"] == row["there_minor"] and row["here"] == row["there"] for row in run.totals)
    assert {(row["kind"], row["currency"]): row["there_minor"] for row in run.totals} == {
        ("charge", "EUR"): 70_000,
        ("chargeback", "EUR"): -40_000,
        ("fee", "EUR"): -(1_190 + 900 + 2 * 1_500),
        ("charge", "USD"): 100_000,
        ("fee", "USD"): -2_930,
        ("payout", "USD"): -20_000,
        ("payout_returned", "USD"): 20_000,
        ("refund", "USD"): -15_000,
        ("refund_returned", "USD"): 5_000,
        ("transfer", "USD"): -20_000,
    }
    standing = StatementBalance.objects.filter(payee="").values_list("currency", "amount_minor")
    assert dict(standing) == {"EUR": 70_000 - 40_000 - 5_090, "USD": 100_000 - 2_930 - 10_000 - 20_000}
    ours = -balance_of(chart.world("stripe"), "EUR").amount_minor
    assert ours == sum(month.api.balance(None, "eur"))
    assert not invariants.violations()


def test_the_next_run_reads_only_what_is_new_and_nothing_of_the_last_minutes(month, a_month):
    """Stripe may still be putting those in order; what stands there is told without them."""
    first = compare()
    assert first.cursor_to.isdigit()
    month.bank.advance(int(clock.now().timestamp()) - month.api.session().created)
    paid_in(month, a_month.merchant, 5_000)
    soon = compare()
    assert (soon.state, soon.whole, soon.lines_read) == ("agrees", False, 0)
    with time_machine.travel(clock.now() + timedelta(hours=1), tick=True):
        later = compare()
    assert (later.state, later.cursor_from, later.lines_read) == ("agrees", soon.cursor_to, 2)


def test_what_was_booked_long_before_it_got_there_is_on_its_way(month, a_month):
    """Stripe kept its 500; an hour later the refund is asked for again, a moment before the comparison."""
    merchant = a_month.merchant
    month.bank.advance(int(clock.now().timestamp()) - month.api.session().created)
    lot = paid_in(month, merchant, 5_000)
    month.fault("refund.create", "error_500_during", count=1)
    refund = ask_refund(actor=merchant.actor, lot_public_id=lot.public_id, money=Money(1_000, "USD"), key="late")
    relay_all()
    for read in (2, 1):
        month.bank.advance(3600)
        with time_machine.travel(clock.now() + timedelta(hours=3 - read), tick=True):
            resolve_unknown(unchecked_for=timedelta(0))
            run = compare()
            refund.refresh_from_db()
            assert (refund.state, found()) == ("done", [])
    assert (run.state, run.lines_read) == ("agrees", 1)


# --- what an intruder does there ---


def drop_a_refund(there: psycopg.Connection) -> None:
    there.execute("DELETE FROM standin_movement WHERE kind = 'refund' AND amount_minor = -10000")


def charge_more(there: psycopg.Connection) -> None:
    there.execute("UPDATE standin_movement SET amount_minor = amount_minor + 700 WHERE kind = 'charge' AND seq = 1")


def keep_more(there: psycopg.Connection) -> None:
    there.execute("UPDATE standin_movement SET fee_minor = fee_minor + 7 WHERE kind = 'charge' AND currency = 'USD'")


def copied(where: str, **changed: str) -> str:
    names = "owner, kind, category, amount_minor, fee_minor, currency, source, description, posting_id, created_at"
    values = ", ".join(changed.get(name, name) for name in names.split(", "))
    return (
        f"INSERT INTO standin_movement (id, {names}, available_at) SELECT 'txn_copy', {values}, available_at"
        f" FROM standin_movement WHERE {where} ORDER BY seq LIMIT 1"
    )


def transfer_twice(there: psycopg.Connection) -> None:
    there.execute(copied("kind = 'transfer'"))


def charge_of_a_stranger(there: psycopg.Connection) -> None:
    there.execute(copied("kind = 'charge'", source="'ch_foreign'", fee_minor="0"))


def a_type_that_nobody_knows(there: psycopg.Connection) -> None:
    there.execute(copied("kind = 'charge'", kind="'climate_order_purchase'", source="''", fee_minor="0"))


def take_more_of_a_chargeback(there: psycopg.Connection) -> None:
    there.execute(
        "UPDATE standin_movement SET amount_minor = -40001 WHERE category = 'dispute' AND amount_minor = -40000"
    )


def payout_of_a_stranger(there: psycopg.Connection) -> None:
    there.execute(copied("kind = 'payout'", source="'po_foreign'"))


def of(model: type, name: str = "public_id") -> Callable[[], str]:
    return lambda: getattr(model.objects.order_by("pk")[0], name)


THERE = {
    drop_a_refund: ("missing_there", "refund", of(Refund), -10_000, None),
    charge_more: ("amount", "charge", of(Funding), 100_000, 100_700),
    keep_more: ("amount", "fee", of(Funding), -2_930, -2_937),
    transfer_twice: ("twice_there", "transfer", of(Transfer), -20_000, -40_000),
    charge_of_a_stranger: ("foreign", "charge", lambda: "charge txn_copy", None, 100_000),
    a_type_that_nobody_knows: ("foreign", "other", lambda: "climate_order_purchase txn_copy", None, 100_000),
    take_more_of_a_chargeback: ("amount", "chargeback", of(Chargeback, "provider_chargeback"), -40_000, -40_001),
    payout_of_a_stranger: ("foreign", "payout", lambda: "payout txn_copy", None, -20_000),
}


@pytest.mark.parametrize("intrusion", THERE, ids=lambda intrusion: intrusion.__name__)
def test_what_was_done_to_stripes_books_is_found_and_nothing_else(month, intrusion):
    with into_the_banks(month.bank.database) as there:
        intrusion(there)
    before = Journal.objects.count()
    run = compare()
    cause, kind, reference, here, there_minor = THERE[intrusion]
    assert found() == [(cause, kind, reference(), here, there_minor)]
    assert (run.state, run.new_differences, Journal.objects.count()) == ("differs", 1, before)


def test_what_stands_there_and_no_line_explains_is_a_difference_of_its_own(month, a_month):
    account = a_month.anchor.party.payout_accounts.get().provider_payee
    with into_the_banks(month.bank.database) as there:
        moved = "UPDATE standin_account SET balance_minor = balance_minor + 5 WHERE currency = 'USD' AND "
        there.execute(f"{moved} kind = 'acquired'")
        there.execute(f"{moved} owner = %s", [account])
    compare()
    rows = Difference.objects.order_by("payee").values_list("cause", "payee", "here_minor", "there_minor")
    assert list(rows) == [("total", "", 67_070, 67_075), ("total", account, 20_000, 20_005)]


# --- once, whatever happens ---


def test_killed_at_each_point_it_goes_on_to_the_same_end(month, monkeypatch):
    """Of pages of three lines each at Stripe, and of two here."""
    monkeypatch.setattr(statement, "PAGE", 3)
    monkeypatch.setattr("marketplace.payments.flows.reconcile.PAGE", 2)
    with into_the_banks(month.bank.database) as there:
        drop_a_refund(there)
    killer = Killer()
    with faults.installed(killer):
        compare()
    points = [point for point in dict.fromkeys(killer.passed) if "reconcil" in point or "statement" in point]
    assert {"call:statement.list:after", "commit:payments.services.reconciliation.keep_page:after"} <= set(points)
    expected = found()
    for point in points:
        for model in (Difference, StatementLineRow, StatementBalance, ReconciliationRun):
            model.objects.all().delete()
        killer = NthTime(point, 3 if "statement" in point or "keep_page" in point else 1)
        with faults.installed(killer):
            try:
                compare()
            except Killed:
                due_now()
                compare()
        assert killer.struck, point
        assert found() == expected, point
        assert StatementLineRow.objects.count() == LINES + ITS_FEES - 1, point
        run = ReconciliationRun.objects.filter(whole=True).get()
        assert run.lines_read == LINES + ITS_FEES - 1, point


class NthTime(Killer):
    """Dies when the point is passed for the nth time."""

    def __init__(self, target: str, n: int) -> None:
        super().__init__(target)
        self.left = n

    def __call__(self, point: str) -> None:
        if point == self.target and not self.struck:
            self.left -= 1
            if self.left:
                self.passed.append(point)
                return
        super().__call__(point)


def test_two_at_once_are_one_run(month):
    run = ask_reconciliation(actor=SYSTEM, provider="stripe")
    results = race(*(partial(reconcile, run.public_id) for _ in range(3)))
    assert not [result for result in results if isinstance(result, Exception)]
    run.refresh_from_db()
    assert (run.state, run.lines_read, StatementLineRow.objects.count()) == (
        "agrees",
        LINES + ITS_FEES,
        LINES + ITS_FEES,
    )


def test_silent_it_is_put_off_and_a_payee_who_is_gone_stops_nothing(month):
    month.bank.fault("stripe.balance_transaction.list", "malformed_json", count=1)
    run = ask_reconciliation(actor=SYSTEM, provider="stripe")
    with pytest.raises(ProviderUnknown):
        reconcile(run.public_id)
    PayoutAccount.objects.update(provider_payee="acct_nobody")
    reconcile(run.public_id)
    run.refresh_from_db()
    assert run.finished_at is not None
    rows = Difference.objects.values_list("cause", "payee", "here_minor", "there_minor")
    assert list(rows) == [("total", "acct_nobody", 20_000, 0)]
