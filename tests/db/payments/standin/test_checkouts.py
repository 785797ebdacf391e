"""Asking for money: what a checkout is, who may ask, and what is refused."""

from datetime import UTC, datetime, timedelta

import httpx
import pytest

from tests.support.bank import Bank, checkout_body


def test_checkout_is_opened_paid_and_found_again(bank: Bank) -> None:
    opened = bank.checkout(reference="ctr_1", metadata={"contract": "ctr_1"})
    assert opened["status"] == "open"
    assert opened["charge"] is None
    assert opened["url"] == f"{bank.url}/pay/{opened['id']}"

    paid = bank.pay(opened["id"])

    assert paid["status"] == "paid"
    assert paid["charge"]["amount_minor"] == 100_000
    assert bank.get(f"/api/checkouts/{opened['id']}").json() == paid
    assert bank.get("/api/checkouts", reference="ctr_1").json()["data"] == [paid]
    assert bank.get(f"/api/charges/{paid['charge']['id']}").json() == paid["charge"]
    assert bank.balance() == 100_000


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"amount_minor": 0}, "invalid_parameter"),
        ({"amount_minor": -5}, "invalid_parameter"),
        ({"amount_minor": 10.5}, "invalid_parameter"),
        ({"amount_minor": "100"}, "invalid_parameter"),
        ({"amount_minor": True}, "invalid_parameter"),
        ({"currency": "XXX"}, "invalid_parameter"),
        ({"currency": "cny"}, "invalid_parameter"),
        ({"reference": ""}, "invalid_parameter"),
        ({"reference": "nul\x00"}, "invalid_parameter"),
        ({"expires_in_s": 1}, "invalid_parameter"),
        ({"metadata": {"a": 1}}, "invalid_parameter"),
        ({"ammount": 1}, "parameter_unknown"),
    ],
)
def test_checkout_with_a_wrong_parameter_is_refused(bank: Bank, change: dict, code: str) -> None:
    answer = bank.post("/api/checkouts", checkout_body(**change))

    assert answer.status_code == 400
    assert answer.json()["error"]["code"] == code
    assert answer.json()["error"]["retryable"] is False
    assert bank.events() == []


@pytest.mark.parametrize(
    "url",
    [
        "https://evil.example/",
        "//evil.example/",
        "http://localhost:8000@evil.example/",
        "http://localhost:8000.evil.example/",
        "http:\\\\localhost:8000\\@evil.example",
        "http://localhost:8000\\@evil.example/",
        "http://localhost:8000/\r\nLocation: https://evil.example",
        "http://localhost:80001/",
        "https://localhost:8000/",
        "javascript:alert(1)",
        "/relative",
        "http://localhost：8000/",
    ],
)
def test_payers_are_never_sent_to_an_unknown_origin(bank: Bank, url: str) -> None:
    for field in ("success_url", "cancel_url"):
        answer = bank.post("/api/checkouts", checkout_body(**{field: url}))
        assert answer.status_code == 400, url
        assert field in answer.json()["error"]["message"]


def test_api_answers_only_to_the_secret(bank: Bank) -> None:
    for headers in ({}, {"Authorization": "Bearer wrong"}, {"Authorization": bank.secret}):
        for path in ("/api/balance", "/api/checkouts?reference=x", "/_faults", "/_clock", "/_conservation"):
            answer = httpx.get(bank.url + path, headers=headers)
            assert answer.status_code == 401
            assert answer.json()["error"]["code"] == "unauthenticated"


def test_unknown_ids_are_not_found(bank: Bank) -> None:
    for path in ("/api/checkouts/chk_x", "/api/charges/chg_x", "/api/refunds/rfd_x"):
        assert bank.get(path).status_code == 404
    assert bank.refund("chg_x", 1).status_code == 404


def test_expired_checkout_cannot_be_paid_even_before_the_sweep(bank: Bank) -> None:
    checkout = bank.checkout(expires_in_s=3600)
    bank.advance(3601)

    answer = bank.client.post(f"/_pay/{checkout['id']}", json={}, headers=bank._auth())

    assert answer.status_code == 409
    assert answer.json()["error"]["code"] == "checkout_not_open"
    assert bank.balance() == 0


def test_worker_expires_what_nobody_paid(bank: Bank, receiver) -> None:
    bank.point_webhooks_at(receiver.url)
    checkout = bank.checkout(expires_in_s=3600)
    bank.advance(3601)

    hook = receiver.wait_for("checkout.expired")[0]

    assert hook.event["object"]["id"] == checkout["id"]
    assert bank.get(f"/api/checkouts/{checkout['id']}").json()["status"] == "expired"


def test_checkout_is_closed_on_request_but_not_once_paid(bank: Bank) -> None:
    unpaid, paid = bank.checkout(), bank.paid()

    closed = bank.post(f"/api/checkouts/{unpaid['id']}/expire")
    refused = bank.post(f"/api/checkouts/{paid['id']}/expire")

    assert closed.json()["status"] == "expired"
    assert refused.status_code == 409
    assert refused.json()["error"]["code"] == "checkout_not_open"


@pytest.mark.parametrize(("how", "outcome"), [("pay_later", "paid"), ("fail_later", "declined")])
def test_slow_payment_comes_out_by_the_banks_clock(bank: Bank, receiver, how: str, outcome: str) -> None:
    bank.point_webhooks_at(receiver.url)
    checkout = bank.checkout()

    assert bank.pay(checkout["id"], how, after_s=3600)["status"] == "processing"
    assert bank.balance() == 0
    bank.advance(3600)
    receiver.wait_for(f"checkout.{outcome}")

    assert bank.get(f"/api/checkouts/{checkout['id']}").json()["status"] == outcome
    assert bank.balance() == (100_000 if outcome == "paid" else 0)


@pytest.mark.parametrize(("ago", "status"), [("-1", 400), ("x", 400), (str(367 * 86_400), 400), ("60", 200)])
def test_how_long_ago_is_seconds_of_a_year_at_most(bank: Bank, ago: str, status: int) -> None:
    told = bank._auth() | {"Standin-Ago": ago.encode()}
    assert bank.client.get("/api/balance", headers=told).status_code == status


def test_nobody_without_the_secret_dates_a_payment_back(bank: Bank) -> None:
    opened = bank.checkout()
    page = bank.client.get(opened["url"], headers={"Standin-Ago": "86400"})
    assert page.status_code == 401


def test_a_payment_of_the_past_is_booked_then_and_sends_no_webhook(bank: Bank) -> None:
    opened = bank.post("/api/checkouts", checkout_body(reference="ctr_1"), ago_s=2 * 86_400).json()
    assert datetime.fromisoformat(opened["expires_at"]) > datetime.now(UTC)  # noqa: TID251
    paid = bank.pay(opened["id"], ago_s=86_400)
    told = datetime.fromisoformat(paid["charge"]["created_at"])
    assert datetime.now(UTC) - told == pytest.approx(timedelta(days=1), abs=timedelta(minutes=1))  # noqa: TID251
    assert bank.balance() == 100_000
    sent = {delivery["type"] for delivery in bank.deliveries()}
    assert "checkout.paid" not in sent
    assert bank.violations() == {}
