from datetime import timedelta
from functools import partial

import pytest
import time_machine

from marketplace.core.actor import Role
from marketplace.core.errors import Forbidden, NotFound
from marketplace.core.models import Timer
from marketplace.core.money import Money
from marketplace.core.timers.fire import fire_due
from marketplace.ledger import chart
from marketplace.ledger.models import FundingLot
from marketplace.ledger.selectors import balance_of
from marketplace.notifications.models import Notice, OutgoingMail
from marketplace.payments.errors import ProviderUnknown, RefundTooLarge
from marketplace.payments.flows.inbox import backfill
from marketplace.payments.flows.refresh import refresh_funding, resolve_unknown
from marketplace.payments.flows.submit import submit_funding, submit_refund
from marketplace.payments.machine import RefundState
from marketplace.payments.models import Refund
from marketplace.payments.services.funding import ask_top_up
from marketplace.payments.services.refunds import ask_refund
from tests.factories.people import make_member, make_owner
from tests.support.races import race
from tests.support.relay import due_now, relay_all

YUAN = Money(100_000, "CNY")


@pytest.fixture
def lot(at_bank, merchant) -> FundingLot:
    """A paid top-up of CNY 1,000.00."""
    asked = ask_top_up(actor=merchant.actor, money=YUAN, provider="test_bank", key="paid")
    funding = submit_funding(asked.public_id)
    at_bank.pay(funding.checkout)
    refresh_funding(funding)
    relay_all()
    return FundingLot.objects.get()


def ask(merchant, lot, minor=40_000, key="form-1"):
    return ask_refund(actor=merchant.actor, lot_public_id=lot.public_id, money=Money(minor, "CNY"), key=key)


def wallet(merchant) -> Money:
    return balance_of(chart.wallet(merchant.party.public_id, merchant.party.pk), "CNY")


def at_the_bank(bank) -> int:
    return bank.balance()


def test_a_refund_goes_back_to_its_charge_and_both_books_agree(at_bank, merchant, lot):
    refund = ask(merchant, lot)
    assert wallet(merchant) == Money(60_000, "CNY")
    relay_all()
    backfill("test_bank")
    relay_all()
    refund.refresh_from_db()
    assert refund.state == RefundState.DONE
    assert at_the_bank(at_bank) == wallet(merchant).amount_minor == 60_000
    assert balance_of(chart.world("test_bank"), "CNY") == Money(-60_000, "CNY")
    assert Notice.objects.filter(kind="refund_done").count() == 1


def test_never_more_than_the_charge_goes_back_even_when_ten_ask_at_once(at_bank, merchant, lot):
    results = race(*(partial(ask, merchant, lot, 60_000, f"form-{n}") for n in range(10)))
    assert sum(isinstance(result, Refund) for result in results) == 1, results
    assert sum(isinstance(result, RefundTooLarge) for result in results) == 9, results
    relay_all()
    assert wallet(merchant) == Money(40_000, "CNY")
    assert at_the_bank(at_bank) == 40_000


def test_the_same_form_twice_is_one_refund(at_bank, merchant, lot):
    assert ask(merchant, lot).public_id == ask(merchant, lot).public_id
    assert wallet(merchant) == Money(60_000, "CNY")


def test_another_party_cannot_even_see_the_lot(at_bank, merchant, lot):
    with pytest.raises(NotFound):
        ask(make_owner(name="Somebody Else"), lot)
    with pytest.raises(Forbidden):
        ask(make_member(merchant.party, Role.MANAGER), lot)
    assert wallet(merchant) == YUAN


@pytest.mark.parametrize(
    "action", ["error_500_during", "error_500_after", "timeout_before", "timeout_after", "malformed_json"]
)
def test_a_refund_whose_answer_was_lost_is_paid_back_once(at_bank, merchant, lot, action, monkeypatch):
    monkeypatch.setattr("marketplace.payments.gateways.test_bank.TIMEOUT", 1.0)
    refund = ask(merchant, lot)
    at_bank.fault("refund.create", action, count=1)
    with pytest.raises(ProviderUnknown):
        submit_refund(refund.public_id)
    for later in (10, 90):
        with time_machine.travel(refund.created_at + timedelta(seconds=later), tick=True):
            due_now()
            relay_all()
            resolve_unknown(unchecked_for=timedelta(0))
    refund.refresh_from_db()
    assert refund.state == RefundState.DONE
    assert at_the_bank(at_bank) == 60_000


def test_a_refund_that_the_bank_refuses_comes_back_into_wallet_and_lot(at_bank, merchant, lot):
    """The bank already gave this charge back behind our back: its no is final."""
    assert at_bank.refund(lot.charge, 80_000).is_success
    ask(merchant, lot)
    relay_all()
    assert Refund.objects.get().state == RefundState.RETURNED
    assert Refund.objects.get().failure == "charge_exhausted"
    assert wallet(merchant) == YUAN
    lot.refresh_from_db()
    assert lot.remaining_minor == YUAN.amount_minor
    assert Notice.objects.filter(kind="refund_returned").count() == 1


def test_unused_money_is_announced_on_day_60_and_goes_back_by_itself_on_day_85(at_bank, merchant, lot):
    with time_machine.travel(lot.charged_at + timedelta(days=59), tick=True):
        assert fire_due() == 0
    with time_machine.travel(lot.charged_at + timedelta(days=60, minutes=1), tick=True):
        assert fire_due() == 1
        relay_all()
        notice = Notice.objects.get(kind="lot_ageing")
        assert notice.facts["goes_back_on"] == (lot.charged_at + timedelta(days=85)).date().isoformat()
        assert OutgoingMail.objects.filter(subject__contains="still unused").exists()
    with time_machine.travel(lot.charged_at + timedelta(days=85, minutes=1), tick=True):
        assert fire_due() == 1
        assert fire_due() == 0
        relay_all()
    assert Refund.objects.get().state == RefundState.DONE
    assert wallet(merchant) == Money(0, "CNY")
    assert at_the_bank(at_bank) == 0
    assert Notice.objects.filter(kind="refund_done_unused").count() == 1


def test_a_lot_that_was_used_up_is_neither_announced_nor_returned(at_bank, merchant, lot):
    ask(merchant, lot, YUAN.amount_minor)
    relay_all()
    Timer.objects.update(due_at=lot.charged_at)
    assert fire_due() == 2
    relay_all()
    assert not Notice.objects.filter(kind="lot_ageing").exists()
    assert Refund.objects.count() == 1
