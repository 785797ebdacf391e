"""Every call to Stripe of every way that money takes, with the process killed right before and right after it.

As `test_every_step_killed.py` does at the test bank, for every commit too; here what is Stripe's own: two calls to make
a payee, lists that are looked through, payouts on accounts of their own.
"""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta

import pytest
import time_machine

from marketplace.core import clock, faults, invariants
from marketplace.core.timers.fire import fire_due
from marketplace.ledger.models import FundingLot, Line
from marketplace.payments.errors import ProviderError
from marketplace.payments.flows.inbox import backfill
from marketplace.payments.flows.pay_out import open_account_page
from marketplace.payments.flows.refresh import refresh_account, resolve_unknown
from marketplace.payments.flows.submit import submit_funding
from marketplace.payments.models import Funding, Payout, PayoutAccount, Refund, Transfer
from marketplace.payments.services.funding import ask_top_up
from marketplace.payments.services.payout_account import ask_payout_account
from marketplace.payments.services.payouts import ask_payout
from marketplace.payments.services.refunds import ask_refund
from tests.db.payments.test_every_step_killed import database_of_its_own
from tests.factories.deals import verify
from tests.factories.payees import released, with_second_factor
from tests.factories.people import Person, make_owner
from tests.support.kills import Killer, again
from tests.support.relay import due_now, relay_all
from tests.support.sides import StripeSide

pytestmark = pytest.mark.timeout(600)
PAID_IN, PART = 100_000, 40_000


@dataclass
class Harbour:
    side: StripeSide
    owner: Person
    anchor: Person

    def settle(self) -> None:
        for _ in range(3):
            due_now()
            again(relay_all)
            again(lambda: backfill("stripe"))
            again(lambda: resolve_unknown(unchecked_for=timedelta(0)))


def money_in(harbour: Harbour) -> None:
    money = harbour.side.money(PAID_IN)
    asked = again(lambda: ask_top_up(actor=harbour.owner.actor, money=money, provider="stripe", key="in"))
    again(lambda: submit_funding(asked.public_id))
    harbour.side.pay(Funding.objects.get())
    harbour.settle()


def money_back(harbour: Harbour) -> None:
    money_in(harbour)
    lot, money = FundingLot.objects.get(), harbour.side.money(PART)
    again(lambda: ask_refund(actor=harbour.owner.actor, lot_public_id=lot.public_id, money=money, key="back"))
    harbour.settle()


def money_to_a_payee(harbour: Harbour) -> None:
    """Her first try to open an account fails; what Stripe made of it is found again."""
    money_in(harbour)
    anchor = harbour.anchor
    account = again(lambda: ask_payout_account(actor=anchor.actor, provider="stripe"))
    harbour.side.fault("payee.create", "malformed_json", count=1)
    again(lambda: opened_in_the_end(account))
    account.refresh_from_db()
    harbour.side.name_account(account)
    again(lambda: refresh_account(account))
    again(lambda: Transfer.objects.exists() or released(harbour.owner, (anchor.party, PART), currency="USD"))
    harbour.side.let_money_become_available()
    with time_machine.travel(clock.now() + timedelta(days=8), tick=True):
        again(fire_due)
        harbour.settle()
        again(lambda: ask_payout(actor=anchor.actor, currency="USD", key="out"))
        harbour.settle()
        harbour.side.settle_payout(Payout.objects.get().provider_payout)
        harbour.settle()


def never_made(harbour: Harbour) -> None:
    """Stripe keeps its 500 under the key; a list proves that nothing exists, and another key is used."""
    for call in ("checkout.create", "refund.create", "transfer.create", "payout.create"):
        harbour.side.fault(call, "error_500_during", count=1)
    money = harbour.side.money(PAID_IN)
    asked = again(lambda: ask_top_up(actor=harbour.owner.actor, money=money, provider="stripe", key="in"))
    with time_machine.travel(clock.now() + timedelta(minutes=5), tick=True):
        harbour.settle()
        harbour.side.pay(Funding.objects.get(public_id=asked.public_id))
        harbour.settle()
    account = again(lambda: ask_payout_account(actor=harbour.anchor.actor, provider="stripe"))
    again(lambda: opened_in_the_end(account))
    account.refresh_from_db()
    harbour.side.name_account(account)
    again(lambda: refresh_account(account))
    again(lambda: Transfer.objects.exists() or released(harbour.owner, (harbour.anchor.party, PART), currency="USD"))
    lot, part = FundingLot.objects.order_by("id").first(), harbour.side.money(20_000)
    again(lambda: ask_refund(actor=harbour.owner.actor, lot_public_id=lot.public_id, money=part, key="back"))
    harbour.side.let_money_become_available()
    for minutes in (0, 5, 10, 15):
        with time_machine.travel(clock.now() + timedelta(days=8, minutes=minutes), tick=True):
            again(fire_due)
            harbour.settle()
            if Transfer.objects.get().state == "done":
                again(lambda: ask_payout(actor=harbour.anchor.actor, currency="USD", key="out"))
                harbour.settle()


def opened_in_the_end(account: PayoutAccount) -> None:
    try:
        open_account_page(account)
    except ProviderError:
        open_account_page(account)


JOURNEYS = (money_in, money_back, money_to_a_payee, never_made)
# To be killed at each call of the last takes minutes: that is for `make torture`.
KILLED = JOURNEYS if "TORTURE" in os.environ else JOURNEYS[:-1]


def outcome(harbour: Harbour) -> dict[str, object]:
    """What must not depend on who died where."""
    side, account = harbour.side, PayoutAccount.objects.first()
    lines = Line.objects.values_list("journal__kind", "source__code", "destination__code", "amount_minor")
    rows = [row for model in (Funding, Refund, Transfer, Payout) for row in model.objects.all()]
    return {
        "moved": sorted((kind, source.split(":")[0], target.split(":")[0], n) for kind, source, target, n in lines),
        "states": sorted(f"{type(row).__name__} {row.money} {row.state}" for row in rows),
        "at Stripe": [(kind, amount) for kind, amount, _fee in side.api.lines()],
        "on her account": side.balance_of(account) if account and account.provider_payee else 0,
        "accounts": len(side.api.accounts.list({"limit": 100}).data),
    }


@pytest.fixture(scope="module")
def walk(django_db_setup, django_db_blocker, bank_process) -> Iterator[Callable]:
    def walk(journey: Callable[[Harbour], None], target: str = "") -> tuple[Killer, dict[str, object]]:
        bank_process.fresh_books()
        side = StripeSide(bank_process)
        with database_of_its_own(), side.settings():
            anchor = with_second_factor(make_owner("anchor", "Xia Wei"))
            verify(anchor.party, "payee")
            harbour, killer = Harbour(side, make_owner(), anchor), Killer(target)
            with faults.installed(killer):
                journey(harbour)
            assert not invariants.violations()
            assert not bank_process.violations()
            return killer, outcome(harbour)

    if not bank_process.running:
        bank_process.start()
    with django_db_blocker.unblock():
        yield walk


@pytest.fixture(scope="module")
def undisturbed(walk) -> dict[Callable, tuple[list[str], dict[str, object]]]:
    walked = {journey: walk(journey) for journey in JOURNEYS}
    return {
        journey: ([point for point in dict.fromkeys(killer.passed) if point.startswith("call:")], found)
        for journey, (killer, found) in walked.items()
    }


@pytest.mark.parametrize("journey", KILLED, ids=lambda journey: journey.__name__)
def test_killed_at_any_call_it_comes_to_the_same_end(walk, undisturbed, journey):
    """Each point on the first journey that passes it."""
    points, expected = undisturbed[journey]
    known = {point for earlier in JOURNEYS[: JOURNEYS.index(journey)] for point in undisturbed[earlier][0]}
    for point in points:
        if point not in known:
            killer, found = walk(journey, point)
            assert killer.struck, point
            assert found == expected, point


def test_no_call_is_left_out(undisturbed):
    passed = {point for points, _found in undisturbed.values() for point in points}
    calls = {
        *("checkout.create", "checkout.get", "checkout.list", "refund.create", "refund.list"),
        *("payee.create", "payee.schedule", "payee.get", "payee.bank", "payee.list", "payee.link"),
        *("transfer.create", "transfer.list", "payout.create", "payout.get", "payout.list", "event.list"),
    }
    assert {f"call:{name}:{when}" for name in calls for when in ("before", "after")} - passed == set()
