"""Transfers to connected accounts: out of a charge before its money is available, or out of what is; and back."""

import pytest
import stripe

from tests.support.bank import Bank
from tests.support.stripe_api import StripeApi


def test_transfer_out_of_a_pending_charge_is_pending_on_the_other_side_too(api: StripeApi, bank: Bank) -> None:
    charge, account = api.charge(), api.account()

    made = api.transfer(account, 60_000, charge=charge.id, metadata={"release": "rel_1"})

    assert (made.amount, made.destination, made.source_transaction) == (60_000, account, charge.id)
    assert made.transfer_group == "contract_1"
    assert made.metadata.to_dict() == {"release": "rel_1"}
    assert api.balance() == (0, 37_070)
    assert api.balance(account) == (0, 60_000)
    assert api.lines(account) == [("payment", 60_000, 0)]
    bank.advance(bank.available_seconds + 1)
    assert api.balance() == (37_070, 0)
    assert api.balance(account) == (60_000, 0)


def test_transfer_without_a_charge_needs_available_money(api: StripeApi, bank: Bank) -> None:
    api.charge()
    account = api.account()

    with pytest.raises(stripe.InvalidRequestError) as refusal:
        api.transfer(account, 1_000)
    assert refusal.value.code == "balance_insufficient"
    assert api.balance() == (0, 97_070)
    assert api.events("transfer.created") == []

    bank.advance(bank.available_seconds + 1)
    api.transfer(account, 97_070)
    assert api.balance() == (0, 0)
    assert api.balance(account) == (97_070, 0)


def test_transfers_out_of_one_charge_never_exceed_it(api: StripeApi, bank: Bank) -> None:
    charge, account = api.charge(), api.account()
    api.charge()
    api.transfer(account, 70_000, charge=charge.id)

    with pytest.raises(stripe.InvalidRequestError, match="70000 was transferred already") as refusal:
        api.transfer(account, 30_001, charge=charge.id)

    assert refusal.value.param == "amount"
    api.transfer(account, 30_000, charge=charge.id)
    assert api.balance(account) == (0, 100_000)


def test_transfer_without_an_amount_takes_what_is_left_of_the_charge(api: StripeApi) -> None:
    charge, account = api.charge(), api.account()
    api.transfer(account, 70_000, charge=charge.id)
    rest = api.v1.transfers.create({"currency": "usd", "destination": account, "source_transaction": charge.id})
    assert rest.amount == 30_000


@pytest.mark.parametrize(
    ("change", "param", "code"),
    [
        ({"currency": "eur"}, "currency", None),
        ({"transfer_group": "contract_2"}, "transfer_group", None),
        ({"amount": 0}, "amount", "parameter_invalid_integer"),
        ({"amount": "many"}, "amount", "parameter_invalid_integer"),
        ({"destination": "acct_nobody"}, "destination", "resource_missing"),
        ({"destiny": "x"}, "destiny", "parameter_unknown"),
        ({"source_type": "fpx"}, "source_type", None),
    ],
)
def test_transfer_with_a_wrong_parameter_moves_nothing(
    api: StripeApi, change: dict, param: str, code: str | None
) -> None:
    charge, account = api.charge(), api.account()
    given = {"amount": 1_000, "currency": "usd", "destination": account, "source_transaction": charge.id, **change}

    with pytest.raises(stripe.InvalidRequestError) as refusal:
        api.v1.transfers.create(given)

    assert (refusal.value.http_status, refusal.value.param, refusal.value.code) == (400, param, code)
    assert api.balance() == (0, 97_070)
    assert api.lines(account) == []


@pytest.mark.parametrize("why", ["not onboarded", "refused", "closed", "papers"])
def test_account_that_cannot_receive_gets_nothing(api: StripeApi, bank: Bank, why: str) -> None:
    charge, account = api.charge(), api.account(onboarded=why not in ("not onboarded", "refused"))
    if why == "refused":
        bank.onboard(account, "refuse")
    if why == "closed":
        api.accounts.close(account, {"applied_configurations": ["recipient"]})
    if why == "papers":
        bank.onboard(account, "want_more")

    with pytest.raises(stripe.InvalidRequestError) as refusal:
        api.transfer(account, 1_000, charge=charge.id)

    assert refusal.value.code == "insufficient_capabilities_for_transfer"
    assert api.balance() == (0, 97_070)


def test_transfers_are_found_by_group_newest_first_page_by_page(api: StripeApi) -> None:
    charge, account = api.charge(), api.account()
    other = api.charge(payment_intent_data={"transfer_group": "contract_2"})
    made = [api.transfer(account, amount, charge=charge.id).id for amount in (100, 200, 300, 400, 500)]
    api.transfer(account, 700, charge=other.id)

    page = api.v1.transfers.list({"transfer_group": "contract_1", "limit": 2})
    assert [item.id for item in page.data] == [made[4], made[3]]
    assert page.has_more is True
    assert [item.id for item in page.auto_paging_iter()] == made[::-1]
    back = api.v1.transfers.list({"transfer_group": "contract_1", "limit": 2, "ending_before": made[1]})
    assert [item.id for item in back.data] == [made[3], made[2]]
    assert back.has_more is True
    first = api.v1.transfers.retrieve(made[0])
    assert len(api.v1.transfers.list({"created": {"gte": first.created}}).data) == 6
    assert api.v1.transfers.list({"created": {"lt": first.created}}).data == []


def test_reversal_brings_part_back_and_then_the_rest(api: StripeApi, bank: Bank) -> None:
    charge, account = api.charge(), api.account()
    transfer = api.transfer(account, 60_000, charge=charge.id)

    part = api.v1.transfers.reversals.create(transfer.id, {"amount": 20_000})
    assert (part.amount, part.transfer) == (20_000, transfer.id)
    assert api.balance(account) == (0, 40_000)
    with pytest.raises(stripe.InvalidRequestError) as refusal:
        api.v1.transfers.reversals.create(transfer.id, {"amount": 40_001})
    assert refusal.value.param == "amount"
    api.v1.transfers.reversals.create(transfer.id, {})

    found = api.v1.transfers.retrieve(transfer.id)
    assert (found.amount_reversed, found.reversed) == (60_000, True)
    assert [item.amount for item in found.reversals.data] == [40_000, 20_000]
    assert api.balance(account) == (0, 0)
    assert api.balance() == (0, 97_070)
    assert len(api.events("transfer.reversed")) == 2


def test_reversal_of_what_the_account_no_longer_has_is_refused(api: StripeApi, bank: Bank) -> None:
    charge, account = api.charge(), api.account()
    transfer = api.transfer(account, 60_000, charge=charge.id)
    bank.advance(bank.available_seconds + 1)
    api.v1.payouts.create({"amount": 50_000, "currency": "usd"}, {"stripe_account": account})

    with pytest.raises(stripe.InvalidRequestError) as refusal:
        api.v1.transfers.reversals.create(transfer.id, {})

    assert refusal.value.code == "balance_insufficient"
    assert api.v1.transfers.retrieve(transfer.id).amount_reversed == 0
    assert api.balance(account) == (10_000, 0)
