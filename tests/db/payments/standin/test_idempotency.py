"""The same key gets the same answer, and the effect of once."""

from concurrent.futures import ThreadPoolExecutor

import httpx

from tests.support.bank import Bank, checkout_body

DAY = 24 * 3600


def in_parallel(times: int, call) -> list[httpx.Response]:
    with ThreadPoolExecutor(times) as pool:
        return list(pool.map(lambda _: call(), range(times)))


def test_one_key_twenty_times_at_once_opens_one_checkout(bank: Bank) -> None:
    answers = in_parallel(20, lambda: bank.post("/api/checkouts", checkout_body(), key="k"))

    ids = {answer.json()["id"] for answer in answers if answer.status_code == 200}
    in_flight = [answer.json()["error"] for answer in answers if answer.status_code != 200]
    assert len(ids) == 1
    assert all(error["code"] == "idempotency_in_flight" and error["retryable"] for error in in_flight)
    assert bank.post("/api/checkouts", checkout_body(), key="k").json()["id"] in ids
    assert len(bank.get("/api/checkouts", reference="ctr_test").json()["data"]) == 1


def test_one_key_twenty_times_at_once_refunds_once(bank: Bank) -> None:
    charge = bank.paid()["charge"]["id"]

    answers = in_parallel(20, lambda: bank.refund(charge, 30_000, key="r"))

    assert len({answer.json()["id"] for answer in answers if answer.status_code == 200}) == 1
    assert len(bank.get("/api/refunds", charge=charge).json()["data"]) == 1
    assert bank.balance() == 70_000


def test_replay_is_the_same_answer_and_says_so(bank: Bank) -> None:
    first = bank.post("/api/checkouts", checkout_body(), key="k")
    again = bank.post("/api/checkouts", checkout_body(), key="k")

    assert again.json() == first.json()
    assert "Idempotent-Replayed" not in first.headers
    assert again.headers["Idempotent-Replayed"] == "true"


def test_key_with_other_parameters_is_refused(bank: Bank) -> None:
    bank.post("/api/checkouts", checkout_body(), key="k")

    answer = bank.post("/api/checkouts", checkout_body(amount_minor=1), key="k")

    assert answer.status_code == 409
    assert answer.json()["error"] == {
        "code": "idempotency_mismatch",
        "message": "This key was used with other parameters.",
        "retryable": False,
    }


def test_same_key_on_another_address_is_refused(bank: Bank) -> None:
    checkout = bank.checkout()
    bank.post(f"/api/checkouts/{checkout['id']}/expire", key="k")

    assert bank.post("/api/refunds", {}, key="k").status_code == 400  # shapes are looked at first, and not remembered
    assert bank.refund("chg_x", 1, key="k").json()["error"]["code"] == "idempotency_mismatch"


def test_key_that_is_still_running_is_reported_as_in_flight(bank: Bank) -> None:
    bank.fault("checkout.create", "slow:1500")
    with ThreadPoolExecutor(1) as pool:
        slow = pool.submit(bank.post, "/api/checkouts", checkout_body(), key="k")
        while bank.client.get("/_faults", headers=bank._auth()).json()["data"][0]["hits"] == 0:
            pass
        meanwhile = bank.post("/api/checkouts", checkout_body(), key="k")

    assert meanwhile.status_code == 409
    assert meanwhile.json()["error"]["code"] == "idempotency_in_flight"
    assert meanwhile.json()["error"]["retryable"] is True
    assert slow.result().status_code == 200


def test_refusals_are_remembered_too(bank: Bank) -> None:
    charge = bank.paid()["charge"]["id"]

    first = bank.refund(charge, 100_001, key="r")
    again = bank.refund(charge, 100_001, key="r")

    assert first.status_code == again.status_code == 409
    assert again.json() == first.json()
    assert again.json()["error"]["code"] == "charge_exhausted"
    assert again.headers["Idempotent-Replayed"] == "true"


def test_wrong_parameters_do_not_use_up_a_key(bank: Bank) -> None:
    assert bank.post("/api/checkouts", checkout_body(amount_minor=0), key="k").status_code == 400
    assert bank.post("/api/checkouts", checkout_body(), key="k").status_code == 200


def test_key_is_forgotten_after_a_day_of_the_banks_clock(bank: Bank) -> None:
    first = bank.post("/api/checkouts", checkout_body(), key="k").json()
    bank.advance(DAY - 60)
    assert bank.post("/api/checkouts", checkout_body(), key="k").json() == first
    bank.advance(120)

    assert bank.post("/api/checkouts", checkout_body(), key="k").json()["id"] != first["id"]


def test_post_without_a_key_is_refused(bank: Bank) -> None:
    answer = bank.client.post("/api/checkouts", json=checkout_body(), headers=bank._auth())

    assert answer.status_code == 400
    assert answer.json()["error"]["code"] == "idempotency_key_missing"
