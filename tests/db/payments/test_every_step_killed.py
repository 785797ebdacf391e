"""Every commit and every outside call of every way that money takes, with the process killed right there.

A journey is walked undisturbed once, and its outcome kept; then once per point, killed at that point. Whoever goes on
afterwards (the worker, the clock, the person who clicks again) must bring it to the very same outcome. The points are
found by the hook; a use case or an outside call that no journey passes fails the test.
"""

import importlib
import pkgutil
import re
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from django.conf import settings
from django.test import override_settings

import marketplace.payments.services
from marketplace.core import clock, faults, invariants
from marketplace.core.actor import Actor, Role, StaffRole
from marketplace.core.ids import new_id
from marketplace.core.models import Event
from marketplace.core.money import Money
from marketplace.core.timers.fire import fire_due
from marketplace.core.tx import use_case
from marketplace.ledger import chart
from marketplace.ledger.models import FundingLot, Line
from marketplace.notifications.models import Notice
from marketplace.payments.errors import ProviderError
from marketplace.payments.flows.inbox import backfill
from marketplace.payments.flows.pay_out import carry_out, open_account_page, run_weekly_payouts
from marketplace.payments.flows.refresh import refresh_account, refresh_funding, resolve_unknown
from marketplace.payments.flows.submit import submit_funding
from marketplace.payments.flows.take_back import resolve_reversals
from marketplace.payments.gateways import test_bank
from marketplace.payments.models import (
    Approval,
    Difference,
    Funding,
    InboxEvent,
    Payout,
    PayoutAccount,
    PayoutGuard,
    PayoutPause,
    PayoutRun,
    PayoutRunMember,
    ReconciliationRun,
    Refund,
    Transfer,
)
from marketplace.payments.services.approvals import approve, decline, set_limit
from marketplace.payments.services.funding import ask_top_up
from marketplace.payments.services.inbox import replay
from marketplace.payments.services.payout_account import ask_payout_account, freeze_payee, freeze_payouts, thaw_payouts
from marketplace.payments.services.payout_pause import pause_payouts, resume_payouts
from marketplace.payments.services.payout_runs import approve_payout_run, cancel_payout_run, plan_payout_run
from marketplace.payments.services.payouts import ask_payout, let_held_payout_go, try_payout_again
from marketplace.payments.services.reconciliation import ask_reconciliation, explain_difference, take_difference
from marketplace.payments.services.refunds import ask_refund, send_refund_again
from marketplace.payments.services.reversals import take_transfer_back
from marketplace.payments.services.transfers import hold_transfer, let_transfer_go, retry_transfer
from marketplace.payments.steps.protecting import protect, refund_protected
from tests.factories.deals import verify
from tests.factories.payees import released, with_second_factor
from tests.factories.people import Person, make_member, make_owner, make_staff
from tests.support.bank import Bank
from tests.support.databases import copy_database, drop_database, point_at
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

pytestmark = pytest.mark.timeout(600)

YUAN = Money(100_000, "CNY")
PART = Money(40_000, "CNY")


@dataclass
class Harbour:
    bank: Bank
    owner: Person
    finance: Person
    auditor: Person
    second_auditor: Person
    anchor: Person
    patience: int

    def top_up(self, key: str = "in") -> Funding:
        """Asked, opened and paid; not yet known to us."""
        asked = again(lambda: ask_top_up(actor=self.owner.actor, money=YUAN, provider="test_bank", key=key))
        return self.paid(asked.public_id)

    def paid(self, public_id: str, how: str = "pay") -> Funding:
        again(lambda: submit_funding(public_id))
        funding = Funding.objects.get(public_id=public_id)
        self.bank.pay(funding.checkout, how)
        return funding

    def refund(self, money: Money = PART, key: str = "back"):
        lot = FundingLot.objects.order_by("id").first()
        return again(lambda: ask_refund(actor=self.owner.actor, lot_public_id=lot.public_id, money=money, key=key))

    def settle(self) -> None:
        """Worker and clock, until nothing is left to do."""
        for _ in range(self.patience):
            due_now()
            again(relay_all)
            again(lambda: backfill("test_bank"))
            again(lambda: resolve_unknown(unchecked_for=timedelta(0)))
            again(lambda: resolve_reversals(unchecked_for=timedelta(0)))


def money_in(harbour: Harbour) -> None:
    harbour.top_up()
    harbour.settle()


def money_in_seen_by_the_payer(harbour: Harbour) -> None:
    """The payer is back on our page before any webhook."""
    funding = harbour.top_up()
    again(lambda: refresh_funding(Funding.objects.get(pk=funding.pk)))
    harbour.settle()


def declined(harbour: Harbour) -> None:
    asked = again(lambda: ask_top_up(actor=harbour.owner.actor, money=YUAN, provider="test_bank", key="in"))
    harbour.paid(asked.public_id, "decline")
    harbour.settle()


def never_opened(harbour: Harbour) -> None:
    """The bank answers 500 for good under one key; a look-up proves that nothing exists, so another key may be used."""
    harbour.bank.fault("checkout.create", "error_500_during", count=1)
    asked = again(lambda: ask_top_up(actor=harbour.owner.actor, money=YUAN, provider="test_bank", key="in"))
    with pytest.raises(ProviderError):
        again(lambda: submit_funding(asked.public_id))
    with time_machine.travel(clock.now() + timedelta(minutes=5), tick=True):
        harbour.settle()
        harbour.bank.pay(Funding.objects.get(pk=asked.pk).checkout)
        harbour.settle()


def refused(harbour: Harbour) -> None:
    """The bank's definite no to opening a page: it knows no such address to send the payer back to."""
    with override_settings(SITE_URL="http://elsewhere.example"):
        again(lambda: ask_top_up(actor=harbour.owner.actor, money=YUAN, provider="test_bank", key="in"))
        harbour.settle()


def money_back(harbour: Harbour) -> None:
    money_in(harbour)
    harbour.refund()
    harbour.settle()


def refund_never_made(harbour: Harbour) -> None:
    money_in(harbour)
    harbour.bank.fault("refund.create", "error_500_during", count=1)
    harbour.refund()
    with time_machine.travel(clock.now() + timedelta(minutes=5), tick=True):
        harbour.settle()


def refund_refused(harbour: Harbour) -> None:
    """The bank gave this charge back behind our back: its no is final."""
    money_in(harbour)
    assert harbour.bank.refund(FundingLot.objects.get().charge, 80_000, key="behind").is_success
    harbour.refund()
    harbour.settle()


def unused_for_85_days(harbour: Harbour) -> None:
    money_in(harbour)
    for days in (61, 86):
        with time_machine.travel(clock.now() + timedelta(days=days), tick=True):
            again(fire_due)
            harbour.settle()


def second_person(harbour: Harbour) -> None:
    money_in(harbour)
    again(lambda: set_limit(actor=harbour.owner.actor, currency="CNY", limit_minor=10_000))
    taken_back = harbour.refund(key="mistake")
    again(lambda: done_once(lambda: decline(actor=harbour.owner.actor, public_id=taken_back.public_id), taken_back))
    asked = harbour.refund()
    again(lambda: done_once(lambda: approve(actor=harbour.finance.actor, public_id=asked.public_id), asked))
    harbour.settle()


def with_a_payee(harbour: Harbour) -> None:
    """An account of hers at the bank, with CNY 400.00 of a release on it, past the week of a first payout."""
    money_in(harbour)
    account = again(lambda: ask_payout_account(actor=harbour.anchor.actor, provider="test_bank"))
    again(lambda: opened_in_the_end(account))
    account.refresh_from_db()
    harbour.bank.name_account(account.provider_payee)
    again(lambda: refresh_account(account))
    released_to_her(harbour)


def opened_in_the_end(account: PayoutAccount) -> None:
    """Whoever sees that the bank is away clicks once more."""
    try:
        open_account_page(account)
    except ProviderError:
        open_account_page(account)


def released_to_her(harbour: Harbour) -> None:
    again(lambda: Transfer.objects.exists() or released(harbour.owner, (harbour.anchor.party, PART.amount_minor)))
    harbour.settle()


@contextmanager
def a_week_later(harbour: Harbour) -> Iterator[None]:
    with time_machine.travel(clock.now() + timedelta(days=8), tick=True):
        again(fire_due)
        harbour.settle()
        yield


def sent_back_to_a_contract(harbour: Harbour) -> None:
    """Out of protected funds, and the bank's final no: finance staff send it again."""
    money_in(harbour)
    harbour.bank.fault("refund.create", "decline", count=1)
    again(lambda: Refund.objects.exists() or out_of_protected_funds(harbour.owner))
    harbour.settle()
    first, staff = Refund.objects.get(), harbour.auditor.actor
    again(lambda: send_refund_again(actor=staff, public_id=first.public_id))
    harbour.settle()


@use_case
def out_of_protected_funds(owner: Person) -> None:
    wallet = chart.wallet(owner.party.public_id, owner.party.pk)
    protect(merchant=owner.party, contract="ctr_1", source=wallet, money=PART)
    refund_protected(actor=owner.actor, merchant=owner.party, contract="ctr_1", money=PART, reason="cancelled")


def her_payout(harbour: Harbour) -> Payout:
    return again(lambda: ask_payout(actor=harbour.anchor.actor, currency="CNY", key="out"))


def at_her_bank(harbour: Harbour, how: str = "arrive") -> None:
    harbour.settle()
    harbour.bank.settle_payout(Payout.objects.get().provider_payout, how)
    harbour.settle()


def money_to_a_payee(harbour: Harbour) -> None:
    with_a_payee(harbour)
    with a_week_later(harbour):
        her_payout(harbour)
        at_her_bank(harbour)


def weekly_run_sent_back_and_tried_again(harbour: Harbour) -> None:
    with_a_payee(harbour)
    with a_week_later(harbour):
        again(run_weekly_payouts)
        at_her_bank(harbour)
        at_her_bank(harbour, "fail")
        payout, staff = Payout.objects.get(), harbour.auditor.actor
        again(lambda: done_once(lambda: try_payout_again(actor=staff, public_id=payout.public_id), payout, "returned"))
        at_her_bank(harbour)


def a_run_of_two_people_and_a_pause(harbour: Harbour) -> None:
    """A run of staff's that is cancelled; another that two approve; a pause between its posting and the bank."""
    one, other = harbour.auditor.actor, harbour.second_auditor.actor
    with_a_payee(harbour)
    with a_week_later(harbour):
        again(lambda: PayoutRun.objects.exists() or plan_payout_run(actor=one))
        first = PayoutRun.objects.earliest("pk")
        again(lambda: done_once(lambda: cancel_payout_run(actor=other, public_id=first.public_id), first, "planned"))
        again(lambda: PayoutRun.objects.count() == 2 or plan_payout_run(actor=one))
        run = PayoutRun.objects.latest("pk")
        again(lambda: approved_by(one, run, 1))
        again(lambda: approved_by(other, run, 2))
        again(lambda: carry_out(run.public_id))
        again(lambda: turned(1, lambda: pause_payouts(actor=other, reason="The bank told us of a fault.")))
        again(lambda: released_once_more(harbour))
        harbour.settle()
        again(lambda: turned(2, lambda: resume_payouts(actor=one, reason="It is mended.")))
        harbour.settle()


def approved_by(person: Actor, run: PayoutRun, times: int) -> None:
    run.refresh_from_db()
    if len({run.first_by_id, run.second_by_id} - {None}) < times:
        approve_payout_run(actor=person, public_id=run.public_id)


def turned(number: int, step: Callable[[], object]) -> None:
    if PayoutPause.objects.count() < number:
        step()


def released_once_more(harbour: Harbour) -> None:
    """A second part of hers, which waits for the end of the pause on its way to her account."""
    if Transfer.objects.count() == 1:
        released(harbour.owner, (harbour.anchor.party, PART.amount_minor // 2))


def to_a_payee_never_made(harbour: Harbour) -> None:
    """The bank answers 500 for good under one key; a look-up proves that nothing exists."""
    harbour.bank.fault("payee.create", "error_500_during", count=1)
    with_a_payee(harbour)
    harbour.bank.fault("transfer.create", "error_500_during", count=1)
    harbour.bank.fault("payout.create", "error_500_during", count=1)
    with a_week_later(harbour):
        for _ in range(2):
            with time_machine.travel(clock.now() + timedelta(minutes=5), tick=True):
                harbour.settle()
                her_payout(harbour)
        with time_machine.travel(clock.now() + timedelta(minutes=15), tick=True):
            at_her_bank(harbour)


def to_a_payee_refused(harbour: Harbour) -> None:
    """The bank's definite no to both: staff try the transfer again, the clock the payout."""
    harbour.bank.fault("transfer.create", "decline", count=1)
    harbour.bank.fault("payout.create", "decline", count=1)
    with_a_payee(harbour)
    with a_week_later(harbour):
        transfer, staff = Transfer.objects.get(), harbour.auditor.actor
        again(lambda: done_once(lambda: retry_transfer(actor=staff, public_id=transfer.public_id), transfer, "failed"))
        harbour.settle()
        her_payout(harbour)
        harbour.settle()
        with time_machine.travel(clock.now() + timedelta(days=1, minutes=1), tick=True):
            again(fire_due)
            at_her_bank(harbour)


def held_and_frozen(harbour: Harbour) -> None:
    """Staff hold the transfer; she freezes her payouts by the link of a mail; staff thaw them."""
    with_a_payee(harbour)
    transfer, staff = Transfer.objects.get(), harbour.auditor.actor
    again(lambda: unless_held(transfer, lambda: hold_transfer(actor=staff, public_id=transfer.public_id)))
    harbour.settle()
    with a_week_later(harbour):
        again(
            lambda: done_once(lambda: let_transfer_go(actor=staff, public_id=transfer.public_id), transfer, "on_hold")
        )
        harbour.settle()
        payout, party = her_payout(harbour), harbour.anchor.party.public_id
        PayoutGuard.objects.create(
            party=harbour.anchor.party, change="password", changed_at=clock.now() - timedelta(days=9)
        )
        again(lambda: freeze_payouts(actor=Actor(), public_id=party))
        harbour.settle()
        again(lambda: done_once(lambda: let_held_payout_go(actor=staff, public_id=payout.public_id), payout, "on_hold"))
        harbour.settle()
        again(lambda: thaw_payouts(actor=staff, party_public_id=party))
        harbour.settle()
        again(lambda: freeze_payee(actor=staff, party_public_id=party))
        at_her_bank(harbour)


def taken_back(harbour: Harbour) -> None:
    """Under the bank's kept 500, then for good; a second one is refused, for her account was emptied."""
    harbour.bank.fault("transfer.reverse", "error_500_during", count=1)
    with_a_payee(harbour)
    staff = harbour.auditor.actor
    with a_week_later(harbour):
        first = Transfer.objects.get()
        again(lambda: take_transfer_back(actor=staff, public_id=first.public_id, reason="Hers it was not."))
        with time_machine.travel(clock.now() + timedelta(minutes=5), tick=True):
            harbour.settle()
            again(lambda: Transfer.objects.count() > 1 or released(harbour.owner, (harbour.anchor.party, 20_000)))
            harbour.settle()
            second, account = Transfer.objects.order_by("-id").first(), PayoutAccount.objects.get()
            harbour.bank.payout(account.provider_payee, 20_000, key="behind")
            again(lambda: take_transfer_back(actor=staff, public_id=second.public_id, reason="Nor was this."))
            harbour.settle()


def unless_held(transfer: Transfer, step: Callable[[], object]) -> None:
    transfer.refresh_from_db()
    if transfer.hold != Transfer.Hold.STAFF:
        step()


def done_once(step: Callable[[], object], subject, while_it_is: str = "asked") -> None:
    """A person looks before she clicks again."""
    subject.refresh_from_db()
    if subject.state == while_it_is:
        step()


def looked_at_again(harbour: Harbour) -> None:
    money_in(harbour)
    event = InboxEvent.objects.filter(type__contains="paid").order_by("id").first()
    again(lambda: done_once(lambda: replay(actor=harbour.auditor.actor, public_id=event.public_id), event, "processed"))
    harbour.settle()


def compared(harbour: Harbour) -> None:
    """A charge of a stranger at the bank: found, taken, explained, and found again."""
    with_a_payee(harbour)
    if not any(entry["reference"] == "order 77" for entry in harbour.bank.entries()):
        harbour.bank.paid(reference="order 77", amount_minor=900)
    staff = harbour.auditor.actor
    with time_machine.travel(clock.now() + timedelta(hours=1), tick=True):
        again(lambda: compare_once(staff, 1))
        harbour.settle()
        found = Difference.objects.get().public_id
        again(lambda: take_difference(actor=staff, public_id=found))
        again(lambda: unless_explained(lambda: explain_difference(actor=staff, public_id=found, reason="A shop's.")))
        again(lambda: compare_once(staff, 2))
        harbour.settle()


def compare_once(staff: Actor, times: int) -> None:
    """A person sees what she has asked for."""
    if ReconciliationRun.objects.count() < times:
        ask_reconciliation(actor=staff, provider="test_bank")


def unless_explained(step: Callable[[], object]) -> None:
    if Difference.objects.get().state == "open":
        step()


JOURNEYS = (
    *(money_in, money_in_seen_by_the_payer, declined, never_opened, refused),
    *(money_back, refund_never_made, refund_refused, unused_for_85_days, second_person, looked_at_again),
    sent_back_to_a_contract,
    *(money_to_a_payee, weekly_run_sent_back_and_tried_again, to_a_payee_never_made, to_a_payee_refused),
    held_and_frozen,
    a_run_of_two_people_and_a_pause,
    taken_back,
    compared,
)


@dataclass
class Outcome:
    """What must not depend on who died where."""

    moved: list[tuple[str, str, str, int]]
    happened: dict[str, int]
    told: dict[str, int]
    states: list[str]
    at_the_bank: tuple[int, int, int]
    differing: list[tuple[str, str, str, int]]

    @classmethod
    def of(cls, harbour: Harbour) -> "Outcome":
        lines = Line.objects.values_list("journal__kind", "source__code", "destination__code", "amount_minor")
        models = (Funding, Refund, Approval, Transfer, Payout)
        rows = [row for model in models for row in model.objects.all()]
        runs = [f"PayoutRun {run.state}" for run in PayoutRun.objects.all()]
        members = [f"{member} {member.reason}" for member in PayoutRunMember.objects.all()]
        account = PayoutAccount.objects.first()
        return cls(
            moved=sorted((kind, source.split(":")[0], target.split(":")[0], n) for kind, source, target, n in lines),
            happened=Counter(Event.objects.values_list("name", flat=True)),
            told=Counter(Notice.objects.values_list("kind", flat=True)),
            states=sorted(f"{type(row).__name__} {row.money} {row.state}" for row in rows) + sorted(runs + members),
            at_the_bank=(
                harbour.bank.balance(),
                len(harbour.bank.entries()),
                harbour.bank.balance_of(account.provider_payee) if account else 0,
            ),
            differing=list(Difference.objects.values_list("cause", "reference", "state", "there_minor")),
        )


@pytest.fixture(scope="module")
def walk(django_db_setup, django_db_blocker, bank_process) -> Iterator[Callable[..., tuple[Killer, Outcome]]]:
    """Walks a journey in a database of its own and with empty books at the bank, killed at `target` if one is named."""

    def walk(journey: Callable[[Harbour], None], killer: Killer | None = None) -> tuple[Killer, Outcome]:
        bank_process.fresh_books()
        with database_of_its_own(), at(bank_process):
            owner = make_owner()
            people = (
                owner,
                make_member(owner.party, Role.FINANCE),
                make_staff(StaffRole.FINANCE),
                make_staff(StaffRole.FINANCE),
            )
            anchor = with_second_factor(make_owner("anchor", "Xia Wei"))
            verify(anchor.party, "payee")
            killer = killer or Killer()
            harbour = Harbour(bank_process, *people, anchor, killer.patience)
            with faults.installed(killer):
                journey(harbour)
            assert not invariants.violations()
            assert not bank_process.violations()
            return killer, Outcome.of(harbour)

    if not bank_process.running:
        bank_process.start()
    with django_db_blocker.unblock():
        yield walk


@contextmanager
def database_of_its_own() -> Iterator[None]:
    shared, name = settings.DATABASES["default"]["NAME"], f"mooring_{new_id('tst')[-12:]}"
    copy_database(name)
    point_at(name)
    try:
        yield
    finally:
        point_at(shared)
        drop_database(name)


def at(bank: Bank) -> override_settings:
    return override_settings(
        STANDIN_URL=bank.url,
        STANDIN_PUBLIC_URL=bank.url,
        STANDIN_SECRET=bank.secret,
        STANDIN_WEBHOOK_SECRETS=list(bank.webhook_secrets),
        SITE_URL="http://localhost:8000",
    )


@pytest.fixture(scope="module")
def undisturbed(walk) -> Undisturbed[Outcome]:
    return undisturbed_walks(walk, JOURNEYS)


@pytest.mark.parametrize("journey", JOURNEYS, ids=lambda journey: journey.__name__)
def test_killed_everywhere_it_comes_to_the_same_end(walk, undisturbed, journey):
    killed_everywhere(walk, undisturbed, journey)


@each_by_itself
@pytest.mark.parametrize("journey", JOURNEYS, ids=lambda journey: journey.__name__)
def test_killed_at_any_point_it_comes_to_the_same_end(walk, undisturbed, journey):
    killed_at_each(walk, undisturbed, journey)


def test_no_step_is_left_out(undisturbed):
    """Every use case of payments, killed before and after its commit; every call to a provider, before and after.

    Of chargebacks the test bank knows nothing: those are killed in `test_every_stripe_call_killed.py`; nor of suspense,
    which is killed in `tests/db/bank_rail/test_every_step_by_hand_killed.py`.
    """
    killed = {point for points, _outcome in undisturbed.values() for point in points}
    wanted = {f"commit:{name}" for name in use_cases(marketplace.payments.services) if not name.startswith(ELSEWHERE)}
    wanted |= {f"call:{name}" for name in re.findall(r'_call\("([a-z.]+)"', Path(test_bank.__file__).read_text())}
    assert {f"{point}:{when}" for point in wanted for when in ("before", "after")} - killed == set()


CHARGEBACKS = "payments.services.chargebacks."
ELSEWHERE = (CHARGEBACKS, "payments.services.suspense.", "payments.services.funding.settle_out_of_suspense")


def use_cases(package) -> Iterator[str]:
    for found in pkgutil.iter_modules(package.__path__, f"{package.__name__}."):
        module = importlib.import_module(found.name)
        for name, function in vars(module).items():
            if getattr(function, "is_use_case", False) and function.__module__ == module.__name__:
                yield f"{module.__name__.removeprefix('marketplace.')}.{name}"
