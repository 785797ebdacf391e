"""A month of money that both books know: lived once a module, and every test gets a copy of both."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

import pytest
import time_machine
from django.conf import settings

from marketplace.core import clock
from marketplace.core.actor import Actor, StaffRole
from marketplace.core.ids import new_id
from marketplace.core.money import Money
from marketplace.core.timers.fire import fire_due
from marketplace.payments.flows.inbox import backfill
from marketplace.payments.flows.pay_out import run_weekly_payouts
from marketplace.payments.flows.refresh import resolve_unknown
from marketplace.payments.models import (
    Difference,
    Payout,
    ReconciliationRun,
    StatementLineRow,
)
from marketplace.payments.services.payouts import try_payout_again
from marketplace.payments.services.reconciliation import (
    ask_reconciliation,
)
from marketplace.payments.services.refunds import ask_refund
from marketplace.stack.postgres import BANK_ROLE, OWNER_ROLE
from tests.db.payments.test_every_step_killed import at
from tests.factories.payees import payee, released, topped_up
from tests.factories.people import Person, make_owner, make_staff
from tests.support.bank import Bank
from tests.support.databases import copy_database, copy_database_in_use, drop_database, point_at
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


def forget() -> None:
    """As if nothing had been compared yet."""
    for model in (Difference, StatementLineRow, *(ReconciliationRun._meta.get_field("balances").related_model,)):
        model.objects.all().delete()
    ReconciliationRun.objects.all().delete()
