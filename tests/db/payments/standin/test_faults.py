"""Each fault does what its name says, as often as planned, and no more."""

import json

import httpx
import pytest

from tests.support.bank import Bank, checkout_body


def open_checkout(bank: Bank, key: str, **options: object) -> httpx.Response:
    return bank.post("/api/checkouts", checkout_body(), key=key, **options)


def opened(bank: Bank) -> int:
    return len(bank.get("/api/checkouts", reference="ctr_test").json()["data"])


@pytest.mark.parametrize(
    ("action", "status"), [("refuse_connect", 503), ("rate_limit_429", 429), ("error_500_before", 500)]
)
def test_fault_before_the_effect_is_cured_by_asking_again(bank: Bank, action: str, status: int) -> None:
    bank.fault("checkout.create", action)

    answer = open_checkout(bank, "k")

    assert answer.status_code == status
    assert answer.json()["error"]["retryable"] is True
    assert opened(bank) == 0
    assert open_checkout(bank, "k").status_code == 200
    assert opened(bank) == 1


def test_rate_limit_says_when_to_come_back(bank: Bank) -> None:
    bank.fault("checkout.create", "rate_limit_429:7")

    assert open_checkout(bank, "k").headers["Retry-After"] == "7"


@pytest.mark.parametrize(("action", "effects"), [("error_500_during", 0), ("error_500_after", 1)])
def test_remembered_500_is_repeated_and_only_a_look_up_tells(bank: Bank, action: str, effects: int) -> None:
    bank.fault("checkout.create", action)

    first, again = open_checkout(bank, "k"), open_checkout(bank, "k")

    assert first.status_code == again.status_code == 500
    assert again.headers["Idempotent-Replayed"] == "true"
    assert opened(bank) == effects


@pytest.mark.parametrize("action", ["timeout_before", "drop_before"])
def test_broken_line_before_the_effect_leaves_nothing(bank: Bank, action: str) -> None:
    bank.fault("checkout.create", action)

    with pytest.raises(httpx.TransportError):
        open_checkout(bank, "k", timeout=bank.hold_seconds / 2)

    assert opened(bank) == 0
    assert open_checkout(bank, "k").status_code == 200
    assert opened(bank) == 1


@pytest.mark.parametrize("action", ["timeout_after", "drop_after"])
def test_broken_line_behind_the_effect_is_replayed(bank: Bank, action: str) -> None:
    charge = bank.paid()["charge"]["id"]
    bank.fault("refund.create", action)
    body = {"charge": charge, "amount_minor": 500, "currency": "CNY", "reference": "refund"}

    with pytest.raises(httpx.TransportError):
        bank.post("/api/refunds", body, key="r", timeout=bank.hold_seconds / 2)
    again = bank.post("/api/refunds", body, key="r")

    assert again.status_code == 200
    assert again.headers["Idempotent-Replayed"] == "true"
    assert bank.balance() == 99_500


def test_timeout_ends_in_a_hang_up_for_the_patient(bank: Bank) -> None:
    bank.fault("balance.get", "timeout_before:1")

    with pytest.raises(httpx.RemoteProtocolError):
        bank.get("/api/balance")


def test_malformed_answer_still_had_its_effect(bank: Bank) -> None:
    bank.fault("checkout.create", "malformed_json")

    answer = open_checkout(bank, "k")

    assert answer.status_code == 200
    with pytest.raises(json.JSONDecodeError):
        answer.json()
    assert opened(bank) == 1


def test_faults_are_counted_and_skipped_exactly(bank: Bank) -> None:
    bank.fault("balance", "error_500_before", skip=2, count=3)

    codes = [bank.get("/api/balance").status_code for _ in range(8)]

    assert codes == [200, 200, 500, 500, 500, 200, 200, 200]


def test_dice_fall_the_same_way_for_the_same_seed(bank: Bank) -> None:
    def throw(seed: str) -> list[int]:
        bank.clear_faults()
        bank.fault("balance", "error_500_before", permille=500, seed=seed, count=0)
        return [bank.get("/api/balance").status_code for _ in range(40)]

    first = throw("a")
    assert throw("a") == first
    assert throw("b") != first
    assert {200, 500} == set(first)


def test_everything_is_matched_by_a_star_and_cured_by_clearing(bank: Bank) -> None:
    bank.fault("*", "refuse_connect", count=0)
    assert bank.get("/api/balance").status_code == open_checkout(bank, "k").status_code == 503

    bank.clear_faults()

    assert bank.get("/api/balance").status_code == 200


@pytest.mark.parametrize(
    "wrong", [{"action": "explode"}, {"operation": "a b"}, {"action": "slow:x"}, {"permille": 2000}]
)
def test_plan_that_means_nothing_is_refused(bank: Bank, wrong: dict) -> None:
    body = {"operation": "balance.get", "action": "slow", **wrong}

    assert bank.client.post("/_faults", json=body, headers=bank._auth()).status_code == 400
