"""Money that comes and goes by hand: the same states and the same ledger as with any provider, by way of the outbox."""

from datetime import timedelta

import pytest
import time_machine

from marketplace.bank_rail.models import BankLine, Order, Payee, PayIn
from marketplace.bank_rail.selectors import get_rail_payee, pay_in_of
from marketplace.bank_rail.services.payees import name_account
from marketplace.core import clock
from marketplace.core.money import Money
from marketplace.core.timers.fire import fire_due
from marketplace.ledger import chart
from marketplace.ledger.models import FundingLot
from marketplace.ledger.selectors import balance_of
from marketplace.notifications.models import Notice
from marketplace.payments.flows.pay_out import open_account_page
from marketplace.payments.flows.reconcile import reconcile
from marketplace.payments.flows.refresh import resolve_unknown
from marketplace.payments.flows.submit import SYSTEM
from marketplace.payments.gateways import configured, provider, provider_for, with_statement
from marketplace.payments.models import Difference, Funding, Payout, ReconciliationRun, Refund, Transfer
from marketplace.payments.services.funding import ask_top_up
from marketplace.payments.services.payout_account import ask_payout_account
from marketplace.payments.services.payouts import ask_payout, try_payout_again
from marketplace.payments.services.reconciliation import ask_reconciliation
from marketplace.payments.services.refunds import ask_refund
from marketplace.payments.services.reversals import take_transfer_back
from tests.factories.deals import verify
from tests.factories.payees import released, with_second_factor
from tests.factories.people import Person, make_owner
from tests.factories.rail import CARD, Desk
from tests.support.relay import due_now, errors, relay_all

PAID_IN, PART = 1_000_000, 120_000
LATER = timedelta(days=9)


def waited_for(merchant: Person, minor: int = PAID_IN, key: str = "in") -> tuple[Funding, PayIn]:
    asked = ask_top_up(actor=merchant.actor, money=Money(minor, "CNY"), provider=provider_for("CNY"), key=key)
    settle()
    funding = Funding.objects.get(public_id=asked.public_id)
    return funding, pay_in_of(funding.public_id)


def settle() -> None:
    for _ in range(2):
        due_now()
        relay_all()
        resolve_unknown(unchecked_for=timedelta(0))
    assert errors() == []


def minor(ref: chart.AccountRef) -> int:
    return balance_of(ref, "CNY").amount_minor


def wallet(person: Person) -> int:
    return minor(chart.wallet(person.party.public_id, person.party.pk))


def in_suspense() -> int:
    return minor(chart.suspense())


def a_payee() -> Person:
    anchor = with_second_factor(make_owner("anchor", "Xia Wei"))
    verify(anchor.party, "payee")
    account = ask_payout_account(actor=anchor.actor, provider="bank_rail")
    assert open_account_page(account).endswith("/earnings/account/bank/")
    name_account(
        actor=anchor.actor,
        reference=account.public_id,
        holder=anchor.party.name,
        bank_name="招商银行",
        number="6222 0212 3456 7890 128",
    )
    settle()
    return anchor


def differences() -> list[tuple[str, str, int | None, int | None]]:
    """What a comparison an hour from now finds."""
    with time_machine.travel(clock.now() + timedelta(hours=1), tick=True):
        run = ask_reconciliation(actor=SYSTEM, provider="bank_rail", whole=True)
        reconcile(run.public_id)
    found = Difference.objects.filter(state="open").order_by("pk")
    assert ReconciliationRun.objects.get(pk=run.pk).state == ("differs" if found else "agrees")
    return [(one.cause, one.kind, one.here_minor, one.there_minor) for one in found]


@pytest.fixture
def funded(desk, merchant) -> Funding:
    funding, pay_in = waited_for(merchant)
    desk.says((PAID_IN, f"货款 {pay_in.code.lower().replace('-', ' ')} 谢谢"))
    settle()
    funding.refresh_from_db()
    return funding


@pytest.fixture
def with_part(funded, merchant, desk) -> Person:
    """CNY 1,200.00 of a release on a payee's part of the account."""
    anchor = a_payee()
    released(merchant, (anchor.party, PART))
    settle()
    with time_machine.travel(clock.now() + LATER, tick=True):
        fire_due()
        settle()
        yield anchor


def paid_out(desk: Desk, payee: Person, key: str = "out") -> Payout:
    payout = ask_payout(actor=payee.actor, currency="CNY", key=key)
    settle()
    desk.answers(desk.sent())
    settle()
    payout.refresh_from_db()
    return payout


def test_the_rail_is_a_provider_like_any_other(desk):
    assert (configured()[-1], with_statement()[-1], provider_for("CNY")) == ("bank_rail",) * 3
    assert provider_for("USD") == "test_bank"
    assert "…4567" in provider("bank_rail").greet()


def test_in_by_words_out_by_file_and_the_books_agree(desk, merchant, with_part):
    funding = Funding.objects.get()
    assert (funding.state, funding.pay_url) == ("paid", f"http://localhost:8000/wallet/in/{funding.public_id}/")
    assert FundingLot.objects.filter(charge=funding.charge).exists()
    payout = paid_out(desk, with_part)
    assert (payout.state, payout.last4) == ("paid", CARD[-4:])
    order = Order.objects.get()
    assert (order.state, order.batch.state, order.serial) == ("paid", "closed", f"S{order.pk}")
    assert -minor(chart.world("bank_rail")) == PAID_IN - PART
    desk.says((-PART, f"转账 {order.code}"))
    settle()
    order.refresh_from_db()
    assert order.on_statement
    assert desk.balance == PAID_IN - PART
    assert differences() == []


def test_a_statement_alone_confirms_what_was_sent(desk, with_part):
    payout = ask_payout(actor=with_part.actor, currency="CNY", key="out")
    settle()
    batch = desk.sent()
    desk.says((-PART, Order.objects.get().code))
    settle()
    payout.refresh_from_db()
    batch.refresh_from_db()
    assert (payout.state, batch.state) == ("paid", "closed")
    assert differences() == []


def test_what_the_bank_could_not_send_is_hers_and_goes_again(desk, with_part):
    payout = ask_payout(actor=with_part.actor, currency="CNY", key="out")
    settle()
    desk.answers(desk.sent(), "失败", "户名不符")
    settle()
    payout.refresh_from_db()
    assert (payout.state, payout.failure) == ("failed", "户名不符")
    assert provider("bank_rail").get_payout(payout.provider_payout, payee="").status == "failed"
    try_payout_again(actor=desk.maker.actor, public_id=payout.public_id)
    settle()
    first, second = Order.objects.order_by("pk")
    desk.answers(desk.sent())
    desk.says((-PART, second.code))
    settle()
    payout.refresh_from_db()
    assert (payout.state, first.state) == ("paid", "failed")
    assert differences() == []


def test_what_comes_back_after_it_was_paid_is_hers_again(desk, with_part):
    payout = paid_out(desk, with_part)
    code = Order.objects.get().code
    desk.says((-PART, code), (PART, f"退汇 {code}"))
    settle()
    payout.refresh_from_db()
    assert (payout.state, payout.failure) == ("returned", "returned_by_bank")
    assert minor(chart.connected(with_part.party.public_id, with_part.party.pk)) == PART
    assert differences() == []


def test_another_amount_waits_in_suspense_and_goes_back(desk, merchant):
    funding, pay_in = waited_for(merchant)
    desk.says((PAID_IN - 1, pay_in.code))
    settle()
    funding.refresh_from_db()
    assert (funding.state, in_suspense(), wallet(merchant)) == ("mismatched", PAID_IN - 1, 0)
    assert Notice.objects.filter(kind="bank_lines_unmatched").count() == 2
    order = desk.sent_back(BankLine.objects.get())
    settle()
    assert (in_suspense(), minor(chart.clearing("bank_rail"))) == (0, PAID_IN - 1)
    desk.answers(desk.sent())
    settle()
    assert minor(chart.world("bank_rail")) == minor(chart.clearing("bank_rail")) == 0
    desk.says((1 - PAID_IN, order.code), (PAID_IN - 1, f"{order.code} 退汇"))
    settle()
    assert (in_suspense(), BankLine.objects.earliest("pk").state) == (PAID_IN - 1, "unmatched")
    assert differences() == []


def test_twice_paid_and_unknown_wait_for_two_people(desk, merchant, funded):
    pay_in = PayIn.objects.get()
    desk.says((PAID_IN, pay_in.code), (5_000, "货款"))
    settle()
    assert (in_suspense(), wallet(merchant)) == (PAID_IN + 5_000, PAID_IN)
    _funding, wanted = waited_for(merchant, 5_000, "more")
    desk.assigned(BankLine.objects.get(amount_minor=5_000), wanted)
    settle()
    assert (in_suspense(), wallet(merchant)) == (PAID_IN, PAID_IN + 5_000)
    assert Funding.objects.get(public_id=wanted.reference).state == "paid"
    assert differences() == []


def test_late_is_late_and_not_lost(desk, merchant):
    funding, pay_in = waited_for(merchant)
    with time_machine.travel(clock.now() + timedelta(days=14, minutes=1), tick=True):
        fire_due()
        settle()
        funding.refresh_from_db()
        assert funding.state == "expired"
        desk.says((PAID_IN, pay_in.code))
        settle()
        funding.refresh_from_db()
        assert (funding.state, wallet(merchant)) == ("paid", PAID_IN)


def test_a_refund_goes_to_the_account_that_it_came_from(desk, merchant, funded):
    lot = FundingLot.objects.get()
    refund = ask_refund(actor=merchant.actor, lot_public_id=lot.public_id, money=Money(PART, "CNY"), key="back")
    settle()
    order = Order.objects.get()
    assert (Refund.objects.get().state, order.kind, order.last4) == ("sent", "refund", "4567")
    desk.answers(desk.sent())
    settle()
    refund.refresh_from_db()
    assert (refund.state, wallet(merchant)) == ("done", PAID_IN - PART)
    assert differences() == []


def test_without_an_account_on_the_line_nothing_can_be_sent_back_to(desk, merchant):
    _funding, pay_in = waited_for(merchant)
    desk.says((PAID_IN, pay_in.code), account="")
    settle()
    lot = FundingLot.objects.get()
    refund = ask_refund(actor=merchant.actor, lot_public_id=lot.public_id, money=Money(PART, "CNY"), key="back")
    settle()
    refund.refresh_from_db()
    assert (refund.state, wallet(merchant)) == ("returned", PAID_IN)


def test_a_transfer_is_taken_back(desk, merchant, with_part):
    transfer = Transfer.objects.get()
    take_transfer_back(actor=desk.maker.actor, public_id=transfer.public_id, reason="Fraud.")
    settle()
    assert minor(chart.connected(with_part.party.public_id, with_part.party.pk)) == 0
    assert Payee.objects.get() == get_rail_payee(with_part.party.payout_accounts.get().public_id)
    assert differences() == []
