"""Thousands of calls, half of them broken: what a careful client believes is what the bank's books say."""

import os
import secrets
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256

import httpx
import pytest

from tests.support.bank import Bank, checkout_body

PAYMENTS = int(os.environ.get("TORTURE_PAYMENTS", "300"))
CLIENTS = 8
FAULTS = ["refuse_connect", "error_500_before", "error_500_during", "error_500_after", "drop_before", "drop_after"]
FAULTS += ["rate_limit_429:1", "malformed_json"]


@pytest.mark.timeout(3600)
def test_no_cent_is_lost_or_doubled_whatever_breaks(bank: Bank) -> None:
    for operation in ("checkout.create", "refund.create"):
        for fault in FAULTS:
            bank.fault(operation, fault, count=0, permille=70, seed=f"{operation}{fault}")

    with ThreadPoolExecutor(CLIENTS) as pool:
        believed = sum(pool.map(lambda number: one_life(bank, number), range(PAYMENTS)))

    bank.clear_faults()
    assert bank.balance() == believed
    assert len([entry for entry in bank.entries() if entry["kind"] == "charge"]) == PAYMENTS
    assert bank.violations() == {}


def one_life(bank: Bank, number: int) -> int:
    """Open, pay, refund a part: the minor units that should be left, as the client knows them."""
    reference = f"life_{number}"
    checkout = surely(bank, "/api/checkouts", checkout_body(reference=reference))
    charge = bank.pay(checkout["id"])["charge"]
    part = sha256(reference.encode()).digest()[0] + 1
    body = {"charge": charge["id"], "amount_minor": part, "currency": "CNY", "reference": reference}
    surely(bank, "/api/refunds", body)
    return charge["amount_minor"] - part


def surely(bank: Bank, path: str, body: dict) -> dict:
    """Ask with one key until there is an answer; a new key only after a look-up has shown that nothing happened."""
    while True:
        key = secrets.token_hex(8)
        for _ in range(50):
            try:
                answer = bank.post(path, body, key=key)
                found = answer.json()
            except (httpx.TransportError, ValueError):
                continue
            if answer.is_success:
                return found
            assert found["error"]["retryable"], found
            if "Idempotent-Replayed" in answer.headers:
                break
        if existing := bank.get(path, reference=body["reference"]).json()["data"]:
            return existing[0]
