"""From the platform to a payee: out of a charge, never more than is left of it, and back."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import httpx
import psycopg
import pytest

from tests.support.bank import Bank


def test_a_transfer_moves_money_from_the_platform_to_the_payee(bank: Bank) -> None:
    charge, payee = bank.paid(amount_minor=100_000)["charge"]["id"], bank.payee()["id"]

    transfer = bank.transfer(charge, payee, 60_000, reference="trf_1").raise_for_status().json()

    assert (bank.balance(), bank.balance_of(payee)) == (40_000, 60_000)
    assert bank.get("/api/transfers", reference="trf_1").json()["data"] == [transfer]
    assert bank.get(f"/api/transfers/{transfer['id']}").json() == transfer
    assert [(line["kind"], line["amount_minor"]) for line in bank.entries()] == [
        ("charge", 100_000),
        ("transfer", -60_000),
    ]


def test_racing_transfers_and_refunds_never_exceed_their_charge(bank: Bank) -> None:
    charge, payee = bank.paid(amount_minor=100_000)["charge"]["id"], bank.payee()["id"]
    calls = [lambda: bank.transfer(charge, payee, 30_000), lambda: bank.refund(charge, 30_000)] * 6

    with ThreadPoolExecutor(12) as pool:
        answers = list(pool.map(lambda call: call(), calls))

    assert sorted(answer.status_code for answer in answers) == [200] * 3 + [409] * 9
    assert bank.balance() == 10_000


def test_a_transfer_that_is_refused_moves_nothing(bank: Bank) -> None:
    charge, payee = bank.paid()["charge"]["id"], bank.payee()["id"]
    bank.fault("transfer.create", "decline")

    assert bank.transfer(charge, payee, 1).json()["error"]["code"] == "transfer_refused"
    assert bank.transfer(charge, payee, 1, currency="USD").status_code == 400
    assert bank.transfer(charge, "pye_nobody", 1).status_code == 404
    assert bank.transfer("chg_none", payee, 1).status_code == 404
    assert (bank.balance(), bank.balance_of(payee)) == (100_000, 0)


def test_a_transfer_of_no_charge_is_of_what_stands_there(bank: Bank) -> None:
    """What came back of one payee goes to another, though its charge was sent once."""
    payee = bank.payee()["id"]
    bank.paid(amount_minor=10_000)
    body = {"payee": payee, "currency": "CNY", "reference": "trf_1"}

    too_much = bank.post("/api/transfers", body | {"amount_minor": 10_001})
    transfer = bank.post("/api/transfers", body | {"amount_minor": 9_000}).raise_for_status().json()

    assert too_much.json()["error"]["code"] == "balance_insufficient"
    assert (transfer["charge"], bank.balance(), bank.balance_of(payee)) == (None, 1_000, 9_000)
    url = f"/api/transfers/{transfer['id']}/reversals"
    assert bank.post(url, {"amount_minor": 4_000, "reference": "r"}).is_success
    assert (bank.balance(), bank.balance_of(payee), bank.violations()) == (5_000, 5_000, {})


@pytest.mark.parametrize("action", ["error_500_after", "drop_after", "malformed_json"])
def test_a_lost_answer_is_replayed_and_the_effect_is_one(bank: Bank, action: str) -> None:
    charge, payee = bank.paid()["charge"]["id"], bank.payee()["id"]
    bank.fault("transfer.create", action)
    with suppress(httpx.RemoteProtocolError):
        bank.transfer(charge, payee, 100, key="once")

    again = bank.transfer(charge, payee, 100, key="once")

    assert again.headers["Idempotent-Replayed"] == "true"
    assert (bank.balance(), bank.balance_of(payee)) == (99_900, 100)


def test_a_reversal_takes_back_what_the_payee_still_has(bank: Bank) -> None:
    charge, payee = bank.paid(amount_minor=100_000)["charge"]["id"], bank.payee()["id"]
    transfer = bank.transfer(charge, payee, 50_000).json()["id"]
    assert bank.payout(payee, 30_000).is_success
    url = f"/api/transfers/{transfer}/reversals"

    assert bank.post(url, {"amount_minor": 20_001, "reference": "r"}).json()["error"]["code"] == "transfer_exhausted"
    assert bank.post(url, {"amount_minor": 20_000, "reference": "r"}).is_success

    assert (bank.balance(), bank.balance_of(payee)) == (70_000, 0)
    assert bank.get(f"/api/transfers/{transfer}").json()["reversed_minor"] == 20_000
    assert bank.refund(charge, 70_000).is_success


def test_a_charge_is_never_spent_twice_even_by_hand(bank: Bank) -> None:
    charge, payee = bank.paid(amount_minor=100_000)["charge"]["id"], bank.payee()["id"]
    bank.transfer(charge, payee, 60_000)

    with bank.connect() as connection, pytest.raises(psycopg.errors.CheckViolation, match="over_spent"):
        connection.execute("UPDATE standin_charge SET refunded_minor = 40001")
    with bank.connect() as connection, pytest.raises(psycopg.errors.CheckViolation, match="not_overdrawn"):
        connection.execute("UPDATE standin_account SET balance_minor = -1 WHERE kind = 'payee'")
