"""Money back: to its charge, never more than was charged."""

from concurrent.futures import ThreadPoolExecutor

from tests.support.bank import Bank


def test_racing_refunds_never_exceed_their_charge(bank: Bank) -> None:
    charge = bank.paid(amount_minor=100_000)["charge"]["id"]

    with ThreadPoolExecutor(12) as pool:
        answers = list(pool.map(lambda _: bank.refund(charge, 30_000), range(12)))

    codes = sorted(answer.status_code for answer in answers)
    assert codes == [200] * 3 + [409] * 9
    assert {answer.json()["error"]["code"] for answer in answers if answer.status_code == 409} == {"charge_exhausted"}
    assert bank.balance() == 10_000
    assert bank.get(f"/api/charges/{charge}").json()["refunded_minor"] == 90_000


def test_refund_in_another_currency_is_refused(bank: Bank) -> None:
    charge = bank.paid()["charge"]["id"]

    assert bank.refund(charge, 1, currency="USD").status_code == 400
    assert bank.balance() == 100_000


def test_refunds_are_found_by_charge_and_reference(bank: Bank) -> None:
    charge = bank.paid()["charge"]["id"]
    refund = bank.refund(charge, 100).json()

    assert bank.get("/api/refunds", charge=charge).json()["data"] == [refund]
    assert bank.get("/api/refunds", reference="refund").json()["data"] == [refund]
    assert bank.get(f"/api/refunds/{refund['id']}").json() == refund
    assert bank.get("/api/refunds").status_code == 400


def test_refund_that_fails_later_puts_the_money_back(bank: Bank, receiver) -> None:
    bank.point_webhooks_at(receiver.url)
    charge = bank.paid()["charge"]["id"]
    bank.fault("refund.create", "fail_later:3600")

    pending = bank.refund(charge, 40_000).json()
    assert pending["status"] == "pending"
    assert bank.balance() == 60_000
    bank.advance(3600)
    receiver.wait_for("refund.failed")

    assert bank.get(f"/api/refunds/{pending['id']}").json()["failure_code"] == "account_closed"
    assert bank.balance() == 100_000
    assert bank.get(f"/api/charges/{charge}").json()["refunded_minor"] == 0
    assert [entry["kind"] for entry in bank.entries()] == ["charge", "refund", "refund_returned"]
    assert bank.refund(charge, 100_000).status_code == 200


def test_refund_refused_by_the_cards_bank_moves_nothing(bank: Bank) -> None:
    charge = bank.paid()["charge"]["id"]
    bank.fault("refund.create", "decline")

    answer = bank.refund(charge, 1)

    assert answer.status_code == 402
    assert answer.json()["error"]["code"] == "refund_refused"
    assert bank.balance() == 100_000
