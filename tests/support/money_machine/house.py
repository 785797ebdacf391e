"""A merchant, two payees and finance staff, with money that has come as far as the payees' accounts: furnished once at
one provider. Each example lives in a copy of both books, so that it depends on no other and may be shrunk."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from unittest.mock import patch

import stripe
from django.conf import settings

from marketplace.core import clock
from marketplace.core.actor import StaffRole
from marketplace.core.ids import new_id
from marketplace.core.timers.fire import fire_due
from marketplace.core.tx import use_case
from marketplace.ledger import chart
from marketplace.payments.flows.pay_out import open_account_page
from marketplace.payments.flows.refresh import refresh_account, refresh_funding
from marketplace.payments.flows.submit import submit_funding
from marketplace.payments.models import Transfer
from marketplace.payments.services.funding import ask_top_up
from marketplace.payments.services.payout_account import ask_payout_account
from marketplace.payments.steps.protecting import protect
from marketplace.stack.postgres import BANK_ROLE
from tests.factories.deals import verify
from tests.factories.payees import released, with_second_factor
from tests.factories.people import Person, make_owner, make_staff
from tests.support.databases import copy_database, copy_database_in_use, drop_database, point_at
from tests.support.relay import due_now, relay_all
from tests.support.sides import TestBankSide

EARNED = (40_000, 15_000)
FEE = sum(EARNED) // 20
PAID_IN = (sum(EARNED) + FEE, 200_000, 120_000)  # nothing is left of the first
PROTECTED = {"ctr_first": 60_000, "ctr_second": 150_000}
PAST_ALL_HOLDS = timedelta(days=8)
IMPATIENT = 0.001  # seconds between two tries of the SDK


@dataclass(frozen=True)
class Release:
    """What a merchant let go, and to whom (by their keys)."""

    public_id: str
    shares: dict[int, int]
    fee_minor: int

    @property
    def total_minor(self) -> int:
        return sum(self.shares.values()) + self.fee_minor


@dataclass
class House:
    side: TestBankSide
    shared: str
    ours: str
    theirs: str
    lived: str
    ahead: timedelta
    merchant: Person
    payees: list[Person]
    finance: list[Person]
    first: Release

    def as_new(self) -> None:
        """Both books as they were furnished."""
        bank = self.side.bank
        point_at(self.shared)
        for lived, furnished, *owner in ((self.lived, self.ours), (bank.database, self.theirs, BANK_ROLE)):
            drop_database(lived)
            copy_database(lived, furnished, *owner)
        point_at(self.lived)


@contextmanager
def built(side: TestBankSide) -> Iterator[House]:
    """Torn down at the end, with empty books at the bank."""
    shared, tag, bank = settings.DATABASES["default"]["NAME"], new_id("tst")[-12:], side.bank
    ours, theirs, lived = (f"{name}_{tag}" for name in ("money", "money_bank", "mooring"))
    bank.fresh_books()
    if not bank.running:
        bank.start()
    copy_database(ours)
    try:
        with side.settings(), patch.object(stripe.HTTPClient, "INITIAL_DELAY", IMPATIENT):
            point_at(ours)
            house = furnished(side, shared, ours, theirs, lived)
            copy_database_in_use(theirs, bank.database, BANK_ROLE)
            yield house
    finally:
        point_at(shared)
        for name in (ours, theirs, lived):
            drop_database(name)
        bank.fresh_books()


def furnished(side: TestBankSide, shared: str, ours: str, theirs: str, lived: str) -> House:
    merchant, payees = make_owner(), [make_owner("anchor", name) for name in ("Xia Wei", "Lin Bo")]
    for person in payees:
        can_be_paid(side, person)
    for number, minor in enumerate(PAID_IN):
        money = side.money(minor)
        asked = ask_top_up(actor=merchant.actor, money=money, provider=side.name, key=f"furnished-{number}")
        funding = submit_funding(asked.public_id)
        side.pay(funding)
        refresh_funding(funding)
    relay_all()
    shares = [(person.party, minor) for person, minor in zip(payees, EARNED, strict=True)]
    release = released(merchant, *shares, currency=side.currency)[0].release
    wallet = chart.wallet(merchant.party.public_id, merchant.party.pk)
    for contract, minor in PROTECTED.items():
        money = side.money(minor)
        use_case(protect)(merchant=merchant.party, contract=contract, source=wallet, money=money)
    relay_all()
    side.bank.advance(int(PAST_ALL_HOLDS.total_seconds()))
    with clock.shifted(PAST_ALL_HOLDS):
        while fire_due():
            pass
        due_now()
        relay_all()
    assert set(Transfer.objects.values_list("state", flat=True)) == {"done"}
    return House(
        side=side,
        shared=shared,
        ours=ours,
        theirs=theirs,
        lived=lived,
        ahead=PAST_ALL_HOLDS,
        merchant=merchant,
        payees=payees,
        finance=[make_staff(StaffRole.FINANCE) for _ in range(2)],
        first=Release(release, {party.pk: minor for party, minor in shares}, FEE),
    )


def can_be_paid(side: TestBankSide, person: Person) -> None:
    """Verified, and with an account that she named on the provider's page."""
    verify(person.party, "payee")
    with_second_factor(person)
    account = ask_payout_account(actor=person.actor, provider=side.name)
    open_account_page(account)
    account.refresh_from_db()
    side.name_account(account)
    refresh_account(account)
    relay_all()
