"""Every call to Stripe of every way that money takes, with the process killed right before and right after it.

As `test_every_step_killed.py` does at the test bank, for every commit too; here what is Stripe's own: two calls to make
a payee, lists that are looked through, payouts on accounts of their own.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta

import pytest
import time_machine

import marketplace.payments.services
from marketplace.core import clock, faults, invariants
from marketplace.core.actor import Actor, StaffRole
from marketplace.core.timers.fire import fire_due
from marketplace.ledger.models import FundingLot, Line
from marketplace.payments.errors import ProviderError
from marketplace.payments.flows.chargebacks import resolve_chargebacks
from marketplace.payments.flows.inbox import backfill
from marketplace.payments.flows.pay_out import open_account_page
from marketplace.payments.flows.refresh import refresh_account, resolve_unknown
from marketplace.payments.flows.submit import submit_funding
from marketplace.payments.models import Chargeback, Debt, Evidence, Funding, Payout, PayoutAccount, Refund, Transfer
from marketplace.payments.services.chargebacks import gather_again, write_evidence
from marketplace.payments.services.funding import ask_top_up
from marketplace.payments.services.payout_account import ask_payout_account
from marketplace.payments.services.payouts import ask_payout
from marketplace.payments.services.refunds import ask_refund
from tests.db.payments.test_every_step_killed import CHARGEBACKS, database_of_its_own, use_cases
from tests.factories.deals import verify
from tests.factories.payees import released, with_second_factor
from tests.factories.people import Person, make_owner, make_staff
from tests.support.kills import (
    Killer,
    Undisturbed,
    again,
    each_by_itself,
    killed_at_each,
    killed_everywhere,
    undisturbed_walks,
)
from tests.support.relay import due_now, relay_all
from tests.support.sides import StripeSide

pytestmark = pytest.mark.timeout(600)
PAID_IN, PART = 100_000, 40_000


@dataclass
class Harbour:
    side: StripeSide
    owner: Person
    anchor: Person
    finance: Person
    patience: int

    def settle(self) -> None:
        for _ in range(self.patience):
            due_now()
            again(relay_all)
            again(lambda: backfill("stripe"))
            again(lambda: resolve_unknown(unchecked_for=timedelta(0)))
            again(lambda: resolve_chargebacks(unchecked_for=timedelta(0)))


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


def charged_back(harbour: Harbour) -> None:
    """Taken, answered under Stripe's kept 500, and lost; a second payment's answer comes too late."""
    money_in(harbour)
    bank, staff = harbour.side.bank, harbour.finance.actor
    words = {"uncategorized_text": "losing_evidence"}
    first = disputed(harbour, Funding.objects.get().charge)
    bank.fault("stripe.dispute.update", "error_500_during", count=1)
    again(lambda: gather_again(actor=staff, public_id=first.public_id))
    again(lambda: unless_out(first, lambda: hand_in(staff, first, words)))
    with time_machine.travel(clock.now() + timedelta(minutes=5), tick=True):
        harbour.settle()
        money = harbour.side.money(PAID_IN)
        asked = again(lambda: ask_top_up(actor=harbour.owner.actor, money=money, provider="stripe", key="more"))
        harbour.settle()
        harbour.side.pay(Funding.objects.get(public_id=asked.public_id))
        harbour.settle()
        second = disputed(harbour, Funding.objects.get(public_id=asked.public_id).charge)
        bank.decide(second.provider_chargeback, "lose")
        again(lambda: unless_out(second, lambda: hand_in(staff, second, words)))
        harbour.settle()


def disputed(harbour: Harbour, charge: str) -> Chargeback:
    harbour.side.bank.dispute(charge, amount_minor=PART)
    harbour.settle()
    return Chargeback.objects.order_by("-id").first()


def hand_in(staff: Actor, chargeback: Chargeback, words: dict[str, str]) -> None:
    write_evidence(actor=staff, public_id=chargeback.public_id, words=words, and_hand_in=True)


def unless_out(chargeback: Chargeback, step: Callable[[], object]) -> None:
    """A person looks before she clicks again."""
    if Evidence.objects.get(chargeback=chargeback).state == "gathering":
        step()


JOURNEYS = (money_in, money_back, money_to_a_payee, never_made, charged_back)


def outcome(harbour: Harbour) -> dict[str, object]:
    """What must not depend on who died where."""
    side, account = harbour.side, PayoutAccount.objects.first()
    lines = Line.objects.values_list("journal__kind", "source__code", "destination__code", "amount_minor")
    kinds = (Funding, Refund, Transfer, Payout, Chargeback, Debt)
    rows = [row for model in kinds for row in model.objects.all()]
    return {
        "moved": sorted((kind, source.split(":")[0], target.split(":")[0], n) for kind, source, target, n in lines),
        "states": sorted(f"{type(row).__name__} {row.money} {getattr(row, 'state', '')}" for row in rows),
        "answers": sorted(Evidence.objects.values_list("state", flat=True)),
        "at Stripe": [(kind, amount) for kind, amount, _fee in side.api.lines()],
        "on her account": side.balance_of(account) if account and account.provider_payee else 0,
        "accounts": len(side.api.accounts.list({"limit": 100}).data),
    }


@pytest.fixture(scope="module")
def walk(django_db_setup, django_db_blocker, bank_process) -> Iterator[Callable]:
    def walk(journey: Callable[[Harbour], None], killer: Killer | None = None) -> tuple[Killer, dict[str, object]]:
        bank_process.fresh_books()
        side = StripeSide(bank_process)
        with database_of_its_own(), side.settings():
            anchor = with_second_factor(make_owner("anchor", "Xia Wei"))
            verify(anchor.party, "payee")
            finance = make_staff(StaffRole.FINANCE)
            killer = killer or Killer()
            harbour = Harbour(side, make_owner(), anchor, finance, killer.patience)
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
def undisturbed(walk) -> Undisturbed[dict[str, object]]:
    return undisturbed_walks(walk, JOURNEYS, is_killed_here)


def is_killed_here(point: str) -> bool:
    return point.startswith("call:") or CHARGEBACKS in point


@pytest.mark.parametrize("journey", JOURNEYS, ids=lambda journey: journey.__name__)
def test_killed_everywhere_it_comes_to_the_same_end(walk, undisturbed, journey):
    killed_everywhere(walk, undisturbed, journey)


@each_by_itself
@pytest.mark.parametrize("journey", JOURNEYS, ids=lambda journey: journey.__name__)
def test_killed_at_any_point_it_comes_to_the_same_end(walk, undisturbed, journey):
    killed_at_each(walk, undisturbed, journey)


def test_no_call_is_left_out(undisturbed):
    passed = {point for points, _found in undisturbed.values() for point in points}
    calls = {
        *("checkout.create", "checkout.get", "checkout.list", "refund.create", "refund.list"),
        *("payee.create", "payee.schedule", "payee.get", "payee.bank", "payee.list", "payee.link"),
        *("transfer.create", "transfer.list", "payout.create", "payout.get", "payout.list", "event.list"),
        *("dispute.get", "dispute.update"),
    }
    steps = {f"commit:{name}" for name in use_cases(marketplace.payments.services) if CHARGEBACKS in name}
    wanted = {f"call:{name}" for name in calls} | steps
    assert {f"{point}:{when}" for point in wanted for when in ("before", "after")} - passed == set()
