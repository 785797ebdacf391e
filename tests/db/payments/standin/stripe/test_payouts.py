"""Payouts of connected accounts: by hand or every day, arrived, sent back, sent back after they had arrived."""

import pytest
import stripe

from tests.support.bank import Bank
from tests.support.stripe_api import StripeApi


@pytest.fixture
def account(api: StripeApi, bank: Bank) -> str:
    """Somebody with 600.00 available, paid out by hand."""
    charge, account = api.charge(), api.account()
    api.transfer(account, 60_000, charge=charge.id)
    bank.advance(bank.available_seconds + 1)
    return account


def pay_out(api: StripeApi, account: str, amount: int = 50_000, **fields: object):
    return api.v1.payouts.create({"amount": amount, "currency": "usd", **fields}, {"stripe_account": account})


def found(api: StripeApi, account: str, payout: str):
    return api.v1.payouts.retrieve(payout, {"expand": ["failure_balance_transaction"]}, {"stripe_account": account})


def types(api: StripeApi, account: str) -> list[str]:
    return [event.type for event in api.events(account=account)]


def test_payout_leaves_at_once_and_arrives_by_the_banks_clock(api: StripeApi, bank: Bank, account: str) -> None:
    made = pay_out(api, account, metadata={"payout": "pyo_1"}, statement_descriptor="MOORING")

    assert (made.status, made.amount, made.automatic) == ("in_transit", 50_000, False)
    assert made.metadata.to_dict() == {"payout": "pyo_1"}
    assert api.balance(account) == (10_000, 0)
    bank.advance(bank.payout_seconds + 1)
    until(lambda: found(api, account, made.id).status == "paid")

    assert types(api, account) == ["payout.created", "payout.paid"]
    assert api.events("payout.created") == []  # not the platform's
    assert api.events(account=account)[0].account == account
    assert api.lines(account) == [("payment", 60_000, 0), ("payout", -50_000, 0)]


@pytest.mark.parametrize("arrives_first", [False, True])
def test_payout_that_is_sent_back_is_on_the_balance_again(
    api: StripeApi, bank: Bank, account: str, arrives_first: bool
) -> None:
    made = pay_out(api, account)
    if arrives_first:
        assert bank.settle_connected_payout(made.id)["status"] == "paid"
    bank.settle_connected_payout(made.id, "fail")
    bank.settle_connected_payout(made.id, "fail")

    failed = found(api, account, made.id)
    assert (failed.status, failed.failure_code) == ("failed", "account_closed")
    assert failed.failure_balance_transaction.amount == 50_000
    assert api.balance(account) == (60_000, 0)
    assert types(api, account) == ["payout.created", *(["payout.paid"] * arrives_first), "payout.failed"]


def test_planned_failure_comes_by_itself(api: StripeApi, bank: Bank, account: str) -> None:
    bank.fault("stripe.payout.create", "fail_later:600")
    made = pay_out(api, account)
    bank.advance(601)
    until(lambda: found(api, account, made.id).status == "failed")
    assert api.balance(account) == (60_000, 0)


def test_payout_of_more_than_is_available_is_refused(api: StripeApi, bank: Bank, account: str) -> None:
    later = api.charge()
    api.transfer(account, 40_000, charge=later.id)  # there, but pending

    with pytest.raises(stripe.InvalidRequestError) as refusal:
        pay_out(api, account, 60_001)

    assert (refusal.value.code, refusal.value.param) == ("balance_insufficient", "amount")
    assert api.balance(account) == (60_000, 40_000)
    assert types(api, account) == []


def test_account_without_a_bank_cannot_be_paid_out(api: StripeApi) -> None:
    with pytest.raises(stripe.InvalidRequestError) as refusal:
        pay_out(api, api.account(onboarded=False))
    assert refusal.value.code == "payouts_not_allowed"


def test_payouts_are_an_accounts_own(api: StripeApi, account: str) -> None:
    made, other = pay_out(api, account), api.account()

    with pytest.raises(stripe.InvalidRequestError) as refusal:
        found(api, other, made.id)
    assert refusal.value.code == "resource_missing"
    assert api.v1.payouts.list({}, {"stripe_account": other}).data == []
    assert [item.id for item in api.v1.payouts.list({"status": "in_transit"}, {"stripe_account": account}).data] == [
        made.id
    ]
    for options in ({}, {"stripe_account": "acct_nobody"}):
        with pytest.raises(stripe.InvalidRequestError):
            api.v1.payouts.create({"amount": 1_000, "currency": "usd"}, options)


def test_account_that_nobody_set_to_manual_is_paid_out_daily(api: StripeApi, bank: Bank) -> None:
    account = api.account(daily=True)
    assert interval(api, account) == "daily"
    api.transfer(account, 60_000, charge=api.charge().id)
    assert api.v1.payouts.list({}, {"stripe_account": account}).data == []
    bank.advance(bank.available_seconds + 1)
    until(lambda: api.balance(account) == (0, 0))

    made = api.v1.payouts.list({}, {"stripe_account": account}).data
    assert [(item.amount, item.automatic) for item in made] == [(60_000, True)]


def test_schedule_is_set_to_manual_and_back(api: StripeApi) -> None:
    account = api.account()
    assert interval(api, account) == "manual"
    for wanted in ("weekly", "never"):
        with pytest.raises(stripe.InvalidRequestError):
            schedule(api, account, wanted)
    assert interval(api, account) == "manual"
    schedule(api, account, "daily")
    assert interval(api, account) == "daily"


def interval(api: StripeApi, account: str) -> str:
    return api.v1.balance_settings.retrieve({}, {"stripe_account": account}).payments.payouts.schedule.interval


def schedule(api: StripeApi, account: str, wanted: str) -> None:
    payments = {"payouts": {"schedule": {"interval": wanted}}}
    api.v1.balance_settings.update({"payments": payments}, {"stripe_account": account})


def until(condition) -> None:
    import time

    deadline = time.monotonic() + 10
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.05)
