"""Refunds: at once, later, or failed later; the fee stays with the acquirer."""

import pytest
import stripe

from tests.db.payments.standin.stripe.test_paying import wait_for
from tests.support.bank import Bank
from tests.support.stripe_api import StripeApi


def test_refund_gives_back_the_amount_and_keeps_the_fee(api: StripeApi) -> None:
    charge = api.charge()

    made = api.v1.refunds.create(
        {"payment_intent": charge.payment_intent, "amount": 30_000, "reason": "requested_by_customer"}
    )

    assert (made.status, made.amount, made.charge) == ("succeeded", 30_000, charge.id)
    found = api.v1.charges.retrieve(charge.id)
    assert (found.amount_refunded, found.refunded) == (30_000, False)
    rest = api.v1.refunds.create({"charge": charge.id})
    assert rest.amount == 70_000
    assert api.v1.charges.retrieve(charge.id).refunded is True
    assert sum(api.balance()) == -2_930
    assert api.lines() == [("charge", 100_000, 2_930), ("refund", -30_000, 0), ("refund", -70_000, 0)]
    assert [item.id for item in api.v1.refunds.list({"charge": charge.id}).data] == [rest.id, made.id]


@pytest.mark.parametrize(("action", "status"), [("settle_later", "succeeded"), ("fail_later", "failed")])
def test_pending_refund_comes_out_by_the_banks_clock(api: StripeApi, bank: Bank, action: str, status: str) -> None:
    charge = api.charge()
    bank.fault("stripe.refund.create", f"{action}:3600")

    made = api.v1.refunds.create({"charge": charge.id, "amount": 30_000})
    assert (made.status, made.pending_reason) == ("pending", "processing")
    assert sum(api.balance()) == 67_070
    bank.advance(3601)
    wait_for(api, "refund.updated")

    found = api.v1.refunds.retrieve(made.id, {"expand": ["failure_balance_transaction", "charge"]})
    assert found.status == status
    failed = status == "failed"
    assert sum(api.balance()) == (97_070 if failed else 67_070)
    assert found.charge.amount_refunded == (0 if failed else 30_000)
    assert found.failure_reason == ("lost_or_stolen_card" if failed else None)
    assert (found.failure_balance_transaction.amount if failed else found.failure_balance_transaction) == (
        30_000 if failed else None
    )
    assert len(api.events("refund.failed")) == failed


def test_refund_beyond_the_charge_is_refused(api: StripeApi) -> None:
    charge = api.charge()
    api.v1.refunds.create({"charge": charge.id, "amount": 60_000})

    with pytest.raises(stripe.InvalidRequestError) as refusal:
        api.v1.refunds.create({"charge": charge.id, "amount": 40_001})

    assert refusal.value.param == "amount"
    assert sum(api.balance()) == 37_070
    api.v1.refunds.create({"charge": charge.id})
    with pytest.raises(stripe.InvalidRequestError) as refusal:
        api.v1.refunds.create({"charge": charge.id})
    assert refusal.value.code == "charge_already_refunded"


def test_refund_of_what_was_never_paid_is_refused(api: StripeApi, bank: Bank) -> None:
    session = api.session()
    bank.pay_session(session.id, "decline")
    intent = api.v1.checkout.sessions.retrieve(session.id, {"expand": ["payment_intent"]}).payment_intent

    for given in ({"charge": intent.latest_charge}, {"payment_intent": intent.id}):
        with pytest.raises(stripe.InvalidRequestError):
            api.v1.refunds.create(given)
    for given in ({}, {"charge": intent.latest_charge, "payment_intent": intent.id}):
        with pytest.raises(stripe.InvalidRequestError) as refusal:
            api.v1.refunds.create(given)
        assert refusal.value.param == "charge"
    assert api.events("refund.created") == []
    assert api.balance() == (0, 0)


def test_declined_refund_moves_nothing(api: StripeApi, bank: Bank) -> None:
    charge = api.charge()
    bank.fault("stripe.refund.create", "decline")
    with pytest.raises(stripe.InvalidRequestError):
        api.v1.refunds.create({"charge": charge.id})
    assert sum(api.balance()) == 97_070


def test_refund_after_release_takes_the_platforms_balance_below_zero_until_the_reversal(
    api: StripeApi, bank: Bank
) -> None:
    charge, account = api.charge(), api.account()
    transfer = api.transfer(account, 95_000, charge=charge.id)

    api.v1.refunds.create({"charge": charge.id})
    assert sum(api.balance()) == -97_930
    api.v1.transfers.reversals.create(transfer.id, {})

    assert sum(api.balance()) == -2_930
    assert bank.violations() == {}
