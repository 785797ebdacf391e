"""Checkout sessions, intents and charges: what a payment is at each step, and what it costs."""

import pytest
import stripe

from tests.support.bank import Bank
from tests.support.stripe_api import StripeApi

FEE = 2_930  # 2.9 % of 1000.00, and 0.30


def test_session_is_opened_paid_and_found_with_its_charge(api: StripeApi, bank: Bank) -> None:
    opened = api.session(metadata={"a": "b"}, customer_email="chenyu@example.com")
    assert (opened.status, opened.payment_status, opened.payment_intent) == ("open", "unpaid", None)
    assert opened.url == f"{bank.url}/c/pay/{opened.id}"
    assert opened.id.startswith("cs_test_")

    bank.pay_session(opened.id)
    paid = api.v1.checkout.sessions.retrieve(
        opened.id, {"expand": ["line_items", "payment_intent.latest_charge.balance_transaction"]}
    )

    assert (paid.status, paid.payment_status, paid.url) == ("complete", "paid", None)
    assert (paid.amount_total, paid.currency, paid.client_reference_id) == (100_000, "usd", "ctr_1")
    assert paid.metadata.to_dict() == {"a": "b"}
    assert [(item.description, item.amount_total) for item in paid.line_items.data] == [("Autumn oolong", 100_000)]
    intent, charge = paid.payment_intent, paid.payment_intent.latest_charge
    assert (intent.status, intent.amount_received, intent.transfer_group) == ("succeeded", 100_000, "contract_1")
    assert intent.metadata.to_dict() == {"contract": "ctr_1"}
    assert (charge.paid, charge.status, charge.amount_captured) == (True, "succeeded", 100_000)
    line = charge.balance_transaction
    assert (line.type, line.amount, line.fee, line.net, line.status) == ("charge", 100_000, FEE, 97_070, "pending")
    assert [(detail.type, detail.amount) for detail in line.fee_details] == [("stripe_fee", FEE)]
    assert line.available_on - line.created == bank.available_seconds
    assert api.v1.charges.retrieve(charge.id).payment_intent == intent.id


def test_money_is_pending_until_the_banks_clock_makes_it_available(api: StripeApi, bank: Bank) -> None:
    charge = api.charge()
    assert api.balance() == (0, 97_070)

    bank.advance(bank.available_seconds - 60)
    assert api.balance() == (0, 97_070)
    bank.advance(120)

    assert api.balance() == (97_070, 0)
    assert api.v1.balance_transactions.retrieve(charge.balance_transaction).status == "available"


@pytest.mark.parametrize(
    ("amount", "currency", "fee"),
    [(50, "usd", 31), (1_234, "eur", 66), (5_000, "jpy", 175), (99_999_999, "cny", 2_900_030)],
)
def test_fee_is_a_share_rounded_half_up_and_a_fixed_part(api: StripeApi, amount: int, currency: str, fee: int) -> None:
    charge = api.charge(amount, currency=currency)
    assert api.v1.balance_transactions.retrieve(charge.balance_transaction).fee == fee
    assert api.balance(currency=currency) == (0, amount - fee)


def test_declined_card_leaves_the_session_open_for_another_one(api: StripeApi, bank: Bank) -> None:
    session = api.session()
    bank.pay_session(session.id, "decline")

    found = api.v1.checkout.sessions.retrieve(session.id, {"expand": ["payment_intent.latest_charge"]})
    intent = found.payment_intent
    assert (found.status, found.payment_status, intent.status) == ("open", "unpaid", "requires_payment_method")
    assert intent.last_payment_error.decline_code == "generic_decline"
    assert (intent.latest_charge.status, intent.latest_charge.failure_code) == ("failed", "card_declined")
    assert api.balance() == (0, 0)

    bank.pay_session(session.id)
    again = api.v1.payment_intents.retrieve(intent.id)
    assert (again.status, again.last_payment_error) == ("succeeded", None)
    assert again.latest_charge != intent.latest_charge.id
    assert api.lines() == [("charge", 100_000, FEE)]


@pytest.mark.parametrize(("how", "paid"), [("later", True), ("fail_later", False)])
def test_delayed_payment_completes_the_session_before_its_money(
    api: StripeApi, bank: Bank, how: str, paid: bool
) -> None:
    session = api.session()
    bank.pay_session(session.id, how, after_s=3600)

    found = api.v1.checkout.sessions.retrieve(session.id, {"expand": ["payment_intent"]})
    assert (found.status, found.payment_status, found.payment_intent.status) == ("complete", "unpaid", "processing")
    assert api.balance() == (0, 0)
    bank.advance(3601)
    outcome = "async_payment_succeeded" if paid else "async_payment_failed"
    wait_for(api, f"checkout.session.{outcome}")

    found = api.v1.checkout.sessions.retrieve(session.id, {"expand": ["payment_intent"]})
    assert found.payment_status == ("paid" if paid else "unpaid")
    assert found.payment_intent.status == ("succeeded" if paid else "requires_payment_method")
    assert api.balance() == (0, 97_070 if paid else 0)


def test_events_of_a_payment_tell_its_story_in_order(api: StripeApi, bank: Bank) -> None:
    session = api.session()
    bank.pay_session(session.id, "challenge")
    bank.pay_session(session.id)

    assert [event.type for event in api.events()] == [
        "payment_intent.created",
        "payment_intent.requires_action",
        "charge.succeeded",
        "payment_intent.succeeded",
        "checkout.session.completed",
    ]
    completed = api.events("checkout.session.completed")[0]
    assert completed.data.object["id"] == session.id
    assert completed.data.object["payment_status"] == "paid"
    assert completed.api_version == stripe.api_version


def test_session_is_closed_on_request_and_by_time_but_not_once_paid(api: StripeApi, bank: Bank) -> None:
    first, second, third = api.session(), api.session(), api.session()
    bank.pay_session(first.id)

    assert api.v1.checkout.sessions.expire(second.id).status == "expired"
    with pytest.raises(stripe.InvalidRequestError, match="complete"):
        api.v1.checkout.sessions.expire(first.id)
    bank.advance(24 * 3600 + 60)
    wait_for(api, "checkout.session.expired", times=2)

    assert api.v1.checkout.sessions.retrieve(third.id).status == "expired"
    late = bank.client.post(f"/_sessions/{third.id}", json={}, headers=bank._auth())
    assert late.status_code == 409
    assert api.lines() == [("charge", 100_000, FEE)]


@pytest.mark.parametrize(
    ("change", "param", "code"),
    [
        ({"mode": "subscription"}, "mode", None),
        ({"mode": "bargain"}, "mode", None),
        ({"line_items": []}, "line_items", "parameter_missing"),
        ({"success_url": "https://evil.example/"}, "success_url", None),
        ({"expires_at": 1}, "expires_at", None),
        ({"expires_at": "soon"}, "expires_at", "parameter_invalid_integer"),
        ({"subscription_data": {"trial_period_days": 3}}, "subscription_data[trial_period_days]", None),
        ({"payment_intent_data": {"application_fee_amount": 5}}, "payment_intent_data[application_fee_amount]", None),
        ({"client_reference": "x"}, "client_reference", "parameter_unknown"),
        ({"payment_intent_data": {"group": "x"}}, "payment_intent_data[group]", "parameter_unknown"),
        ({"metadata": {"k" * 41: "v"}}, f"metadata[{'k' * 41}]", None),
        ({"client_reference_id": ""}, "client_reference_id", "parameter_invalid_empty"),
    ],
)
def test_session_with_a_wrong_parameter_is_refused(api: StripeApi, change: dict, param: str, code: str | None) -> None:
    with pytest.raises(stripe.InvalidRequestError) as refusal:
        api.session(**change)

    assert (refusal.value.http_status, refusal.value.param, refusal.value.code) == (400, param, code)
    assert api.events() == []


@pytest.mark.parametrize(
    ("amount", "code"), [(49, "amount_too_small"), (-1, "parameter_invalid_integer"), (100_000_000, None)]
)
def test_session_of_an_impossible_amount_is_refused(api: StripeApi, amount: int, code: str | None) -> None:
    with pytest.raises(stripe.InvalidRequestError) as refusal:
        api.session(amount)
    assert refusal.value.code == code


def test_session_of_an_unknown_currency_is_refused(api: StripeApi) -> None:
    with pytest.raises(stripe.InvalidRequestError) as refusal:
        api.session(currency="xxx")
    assert refusal.value.param == "line_items[0][price_data][currency]"


def test_unknown_ids_are_missing(api: StripeApi) -> None:
    for read in (
        api.v1.checkout.sessions.retrieve,
        api.v1.payment_intents.retrieve,
        api.v1.charges.retrieve,
        api.v1.refunds.retrieve,
        api.v1.transfers.retrieve,
        api.v1.disputes.retrieve,
        api.v1.events.retrieve,
        api.v1.balance_transactions.retrieve,
        api.accounts.retrieve,
    ):
        with pytest.raises(stripe.InvalidRequestError) as refusal:
            read("xx_nobody")
        assert (refusal.value.http_status, refusal.value.code) == (404, "resource_missing")


def wait_for(api: StripeApi, event_type: str, times: int = 1) -> None:
    import time

    deadline = time.monotonic() + 10
    while len(api.events(event_type)) < times:
        assert time.monotonic() < deadline, [event.type for event in api.events()]
        time.sleep(0.05)


def test_list_of_sessions_is_newest_first_and_narrowed_by_state_and_time(api: StripeApi, bank: Bank) -> None:
    made = [api.session() for _ in range(3)]
    bank.pay_session(made[1].id)
    sessions = api.v1.checkout.sessions

    assert [found.id for found in sessions.list({"limit": 2}).auto_paging_iter()] == [one.id for one in reversed(made)]
    assert [found.id for found in sessions.list({"status": "complete"}).data] == [made[1].id]
    expanded = sessions.list({"expand": ["data.payment_intent.latest_charge"]}).data[1]
    assert expanded.payment_intent.latest_charge.amount == made[1].amount_total
    assert sessions.list({"created": {"gt": made[2].created}}).data == []
    assert len(sessions.list({"created": {"gte": made[0].created}}).data) == 3
