"""Balance transactions as lines: whatever Stripe may list, held against the frozen shape of it."""

import json
from pathlib import Path

import pytest
import stripe
from jsonschema import Draft202012Validator

from marketplace.payments.gateways.stripe_connect.statement import place_of
from marketplace.payments.gateways.stripe_connect.statement_line import read
from marketplace.payments.statement import StatementLine

ROOT = Path(__file__).resolve().parents[3]
SHAPE = ROOT / "marketplace/payments/standin/dialects/stripe/schemas/objects/balance_transaction.json"
OURS = {"id": "x_1", "metadata": {"reference": "ref_1"}}


def lines(kind: str, source: object, *, fee: int = 0, payee: str = "") -> list[StatementLine]:
    data = {
        "id": "txn_1",
        "object": "balance_transaction",
        "amount": 500,
        "available_on": 0,
        "balance_type": "payments",
        "created": 1_795_000_000,
        "currency": "usd",
        "description": None,
        "exchange_rate": None,
        "fee": fee,
        "fee_details": [],
        "net": 500 - fee,
        "reporting_category": kind,
        "source": source,
        "status": "available",
        "type": kind,
    }
    assert not list(Draft202012Validator(json.loads(SHAPE.read_text())).iter_errors(data))
    line = stripe.StripeObject.construct_from(data, "sk_test_x")
    return list(read(line, payee=payee, before="before", behind="behind"))


@pytest.mark.parametrize(
    ("kind", "object_type", "payee", "meant"),
    [
        ("charge", "charge", "", "charge"),
        ("payment", "charge", "", "charge"),
        ("refund", "refund", "", "refund"),
        ("payment_refund", "refund", "", "refund"),
        ("refund_failure", "refund", "", "refund_returned"),
        ("transfer", "transfer", "", "transfer"),
        ("transfer_refund", "transfer_reversal", "", "transfer_reversed"),
        ("payout", "payout", "acct_1", "payout"),
        ("payout_failure", "payout", "acct_1", "payout_returned"),
        ("payout_cancel", "payout", "acct_1", "payout_returned"),
        # The platform's own withdrawal is nothing that our books know of.
        ("payout", "payout", "", "other"),
    ],
)
def test_each_type_is_a_kind_and_carries_our_reference(kind, object_type, payee, meant):
    [line] = lines(kind, OURS | {"object": object_type}, payee=payee)
    assert (line.kind, line.reference, line.subject, str(line.money)) == (meant, "ref_1", "x_1", "USD 5.00")
    assert (line.cursor, line.payee) == ("behind", payee)


def test_what_stripe_keeps_is_a_line_of_its_own_and_none_is_lost_between_the_two():
    moved, kept = lines("charge", OURS | {"object": "charge"}, fee=45)
    assert (moved.line, moved.cursor, moved.money.amount_minor) == ("txn_1", "before", 500)
    assert (kept.line, kept.cursor, kept.kind, kept.money.amount_minor) == ("txn_1 fee", "behind", "fee", -45)
    assert kept.reference == moved.reference == "ref_1"


def test_a_dispute_is_called_by_its_own_name():
    for line in lines("adjustment", {"id": "dp_1", "object": "dispute", "metadata": {}}, fee=1_500):
        assert (line.kind, line.reference) == ("chargeback" if line.line == "txn_1" else "fee", "dp_1")


@pytest.mark.parametrize(
    ("kind", "source", "meant"),
    [
        ("charge", {"id": "ch_1", "object": "charge", "metadata": {}}, "charge"),
        ("charge", "ch_1", "charge"),
        ("stripe_fee", None, "fee"),
        ("adjustment", None, "other"),
        ("something_new", {"id": "new_1", "object": "something"}, "other"),
    ],
)
def test_what_is_nothing_of_ours_says_what_it_is(kind, source, meant):
    [line] = lines(kind, source)
    assert (line.kind, line.reference) == (meant, f"{kind} txn_1")


@pytest.mark.parametrize("kind", ["payment", "payment_refund"])
def test_the_other_half_of_a_transfer_is_no_line(kind):
    assert lines(kind, "py_1", payee="acct_1") == []


@pytest.mark.parametrize("cursor", ["10-20::", "10-20::txn_1", "10-20:acct_1:", "10-20:acct_1:txn_1"])
def test_a_place_is_found_again(cursor):
    assert str(place_of(cursor)) == cursor


def test_a_span_begins_where_the_last_one_ended():
    assert (place_of("").since, place_of("1795000000").since) == (0, 1_795_000_000)
    far_ahead = place_of("4000000000")
    assert (far_ahead.since, far_ahead.until) == (4_000_000_000, 4_000_000_000)
