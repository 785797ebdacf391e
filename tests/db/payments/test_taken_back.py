"""A transfer taken back from its payee: from her account, or from what she earns next; at both providers."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine

from marketplace.core import clock
from marketplace.core.actor import StaffRole
from marketplace.core.errors import Forbidden
from marketplace.ledger import chart
from marketplace.ledger.models import FundingLot, Journal
from marketplace.ledger.selectors import balance_of
from marketplace.notifications.models import Notice
from marketplace.payments.errors import NothingToTakeBack, ReasonNeeded
from marketplace.payments.flows.pay_out import open_account_page
from marketplace.payments.flows.reconcile import reconcile
from marketplace.payments.flows.refresh import refresh_account, refresh_funding
from marketplace.payments.flows.submit import submit_funding
from marketplace.payments.flows.take_back import resolve_reversals
from marketplace.payments.models import Debt, Difference, PayoutAccount, Transfer, TransferReversal
from marketplace.payments.selectors.earnings import statement_of
from marketplace.payments.services.funding import ask_top_up
from marketplace.payments.services.payout_account import ask_payout_account
from marketplace.payments.services.payouts import ask_payout
from marketplace.payments.services.reconciliation import ask_reconciliation
from marketplace.payments.services.reversals import take_transfer_back
from tests.factories.deals import verify
from tests.factories.payees import released, with_second_factor
from tests.factories.people import Person, make_owner, make_staff
from tests.support.races import race
from tests.support.relay import due_now, relay_all
from tests.support.sides import SIDES, TestBankSide

PAID_IN, PART = 100_000, 40_000
WHY = "The film that you handed in is another creator's."


@pytest.fixture(params=SIDES, ids=lambda side: side.name)
def side(request, bank) -> Iterator[TestBankSide]:
    found = request.param(bank)
    with found.settings():
        yield found


@pytest.fixture
def anchor(committed_db) -> Person:
    return make_owner("anchor", "Xia Wei")


@pytest.fixture
def finance(committed_db) -> Person:
    return make_staff(StaffRole.FINANCE)


def transferred(side: TestBankSide, merchant: Person, anchor: Person) -> Transfer:
    """On her account at the provider."""
    verify(anchor.party, "payee")
    with_second_factor(anchor)
    asked = ask_top_up(actor=merchant.actor, money=side.money(PAID_IN), provider=side.name, key="in")
    funding = submit_funding(asked.public_id)
    side.pay(funding)
    refresh_funding(funding)
    relay_all()
    account = ask_payout_account(actor=anchor.actor, provider=side.name)
    open_account_page(account)
    account.refresh_from_db()
    side.name_account(account)
    refresh_account(account)
    relay_all()
    return sent(side, merchant, anchor)


def sent(side: TestBankSide, merchant: Person, anchor: Person) -> Transfer:
    """Released, past every hold."""
    [transfer] = released(merchant, (anchor.party, PART), currency=side.currency)
    Transfer.objects.filter(pk=transfer.pk).update(created_at=clock.now() - timedelta(days=9))
    FundingLot.objects.exists()
    with time_machine.travel(clock.now() + timedelta(days=8), tick=True):
        due_now()
        relay_all()
        held = Transfer.objects.get(pk=transfer.pk)
        if held.state == "on_hold":
            let_go(held)
    transfer.refresh_from_db()
    return transfer


def let_go(transfer: Transfer) -> None:
    from marketplace.payments.services.transfers import let_transfer_go

    let_transfer_go(actor=make_staff(StaffRole.FINANCE).actor, public_id=transfer.public_id)
    relay_all()


def at(side: TestBankSide, place: str, person: Person) -> int:
    ref = getattr(chart, place)(person.party.public_id, person.party.pk)
    return balance_of(ref, side.currency).amount_minor


def kinds(person: Person) -> set[str]:
    return set(Notice.objects.filter(user=person.user).values_list("kind", flat=True))


def test_from_her_account_it_comes_back_to_the_merchant(side, merchant, anchor, finance):
    transfer = transferred(side, merchant, anchor)
    assert transfer.state == "done"
    before, account = at(side, "wallet", merchant), PayoutAccount.objects.get()
    with pytest.raises(Forbidden):
        take_transfer_back(actor=merchant.actor, public_id=transfer.public_id, reason=WHY)
    with pytest.raises(ReasonNeeded):
        take_transfer_back(actor=finance.actor, public_id=transfer.public_id, reason=" ")
    assert not TransferReversal.objects.exists()
    first = take_transfer_back(actor=finance.actor, public_id=transfer.public_id, reason=WHY)
    assert take_transfer_back(actor=finance.actor, public_id=transfer.public_id, reason=WHY) == first
    relay_all()
    first.refresh_from_db()
    transfer.refresh_from_db()
    assert (first.state, transfer.state) == ("done", "reversed")
    assert (at(side, "connected", anchor), side.balance_of(account)) == (0, 0)
    assert at(side, "wallet", merchant) == before + PART
    assert {"transfer_taken_back"} <= kinds(anchor)
    assert "money_taken_back_for_you" in kinds(merchant)
    assert Notice.objects.filter(user=anchor.user, kind="transfer_taken_back").get().facts["reason"] == WHY
    month = statement_of(anchor.actor, anchor.party, clock.now() - timedelta(days=30), clock.now())
    assert [(line.what, line.money.amount_minor) for line in month if line.what == "taken_back"] == [
        ("taken_back", -PART)
    ]


def test_whatever_becomes_of_the_call_it_comes_back_once(side, merchant, anchor, finance):
    """The bank undoes it and keeps its 500; Stripe does it, and keeps one all the same."""
    transfer = transferred(side, merchant, anchor)
    before = at(side, "wallet", merchant)
    at_bank, at_stripe = ("transfer.reverse", "error_500_during"), ("stripe.transfer.reverse", "error_500_after")
    side.bank.fault(*(at_bank if side.name == "test_bank" else at_stripe), count=1)
    take_transfer_back(actor=finance.actor, public_id=transfer.public_id, reason=WHY)
    relay_all()
    with time_machine.travel(clock.now() + timedelta(minutes=5), tick=True):
        resolve_reversals(unchecked_for=timedelta(0))
    assert TransferReversal.objects.get().state == "done"
    assert (at(side, "wallet", merchant), side.balance_of(PayoutAccount.objects.get())) == (before + PART, 0)


def test_what_came_back_is_earned_again_though_its_charge_has_sent_all(side, merchant, anchor, finance):
    """A provider counts what was taken back as sent: what is more goes out of the platform's account."""
    first = transferred(side, merchant, anchor)
    side.let_money_become_available()
    take_transfer_back(actor=finance.actor, public_id=first.public_id, reason=WHY)
    relay_all()
    assert at(side, "wallet", merchant) == PAID_IN - PART // 20
    with time_machine.travel(clock.now() + timedelta(days=8), tick=True):
        released(merchant, (anchor.party, 90_000), currency=side.currency)
        relay_all()
    again = Transfer.objects.exclude(pk=first.pk)
    assert set(again.values_list("state", "failure")) == {("done", "")}
    assert set(again.values_list("from_balance", flat=True)) == {False, True}
    assert sum(one.amount_minor for one in again) == side.balance_of(PayoutAccount.objects.get()) == 90_000


@pytest.fixture
def test_bank(bank) -> Iterator[TestBankSide]:
    found = TestBankSide(bank)
    with found.settings():
        yield found


def test_what_was_paid_out_is_owed_and_kept_of_the_next_earnings(test_bank, merchant, anchor, finance):
    side, transfer = test_bank, transferred(test_bank, merchant, anchor)
    ask_payout(actor=anchor.actor, currency="CNY", key="out")
    relay_all()
    before = at(side, "wallet", merchant)
    take_transfer_back(actor=finance.actor, public_id=transfer.public_id, reason=WHY)
    relay_all()
    assert (TransferReversal.objects.get().state, at(side, "receivable", anchor)) == ("owed", -PART)
    assert at(side, "wallet", merchant) == before + PART
    released(merchant, (anchor.party, 15_000))
    assert (at(side, "receivable", anchor), at(side, "payable", anchor)) == (-25_000, 0)
    released(merchant, (anchor.party, 30_000))
    assert (at(side, "receivable", anchor), at(side, "payable", anchor)) == (0, 5_000)
    assert sorted(Transfer.objects.values_list("amount_minor", flat=True)) == [5_000, PART]
    assert Debt.objects.open().count() == 0
    assert "transfer_taken_back_owed" in kinds(anchor)
    month = statement_of(anchor.actor, anchor.party, clock.now() - timedelta(days=30), clock.now())
    assert sum(line.money.amount_minor for line in month if line.what == "withheld") == -PART
    assert Transfer.objects.filter(state="pending").count() <= 1


def test_refused_it_is_hers_as_before(test_bank, merchant, anchor, finance):
    """Somebody emptied her account at the bank behind our back."""
    side, transfer = test_bank, transferred(test_bank, merchant, anchor)
    account, before = PayoutAccount.objects.get(), at(test_bank, "wallet", merchant)
    assert side.bank.payout(account.provider_payee, PART, key="behind").is_success
    take_transfer_back(actor=finance.actor, public_id=transfer.public_id, reason=WHY)
    relay_all()
    transfer.refresh_from_db()
    assert (TransferReversal.objects.get().state, transfer.state) == ("refused", "done")
    assert (at(side, "connected", anchor), at(side, "wallet", merchant)) == (PART, before)
    assert "staff_reversal_refused" in kinds(finance)
    assert "transfer_kept" in kinds(anchor)


def test_a_payout_and_taking_it_back_at_the_same_moment(test_bank, merchant, anchor, finance):
    side, transfer = test_bank, transferred(test_bank, merchant, anchor)
    results = race(
        lambda: ask_payout(actor=anchor.actor, currency="CNY", key="out"),
        lambda: take_transfer_back(actor=finance.actor, public_id=transfer.public_id, reason=WHY),
    )
    assert not isinstance(results[1], Exception), results
    relay_all()
    state = TransferReversal.objects.get().state
    assert state == ("done" if isinstance(results[0], Exception) else "owed")
    assert at(side, "receivable", anchor) == (0 if state == "done" else -PART)


def test_what_still_waits_is_not_taken_back(test_bank, merchant, anchor, finance):
    transferred(test_bank, merchant, anchor)
    [waiting] = released(merchant, (anchor.party, 1_000))
    journals = Journal.objects.count()
    with pytest.raises(NothingToTakeBack):
        take_transfer_back(actor=finance.actor, public_id=waiting.public_id, reason=WHY)
    assert Journal.objects.count() == journals


def test_both_books_know_it(test_bank, merchant, anchor, finance):
    transfer = transferred(test_bank, merchant, anchor)
    take_transfer_back(actor=finance.actor, public_id=transfer.public_id, reason=WHY)
    relay_all()
    with time_machine.travel(clock.now() + timedelta(hours=1), tick=True):
        run = ask_reconciliation(actor=finance.actor, provider="test_bank")
        run = reconcile(run.public_id)
    assert not Difference.objects.exists(), list(Difference.objects.values("cause", "kind", "reference"))
    assert run.state == "agrees"
    assert [row["here"] for row in run.totals if row["kind"] == "transfer_reversed"] == [1]
