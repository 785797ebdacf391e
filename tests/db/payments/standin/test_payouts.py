"""From a payee's account to her bank: in transit, paid by the clock, and back when the bank outside says no."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest

from tests.support.bank import Bank


@pytest.fixture
def payee(bank: Bank) -> str:
    """Somebody with CNY 500.00 on her account."""
    charge, payee = bank.paid(amount_minor=100_000)["charge"]["id"], bank.payee()["id"]
    bank.transfer(charge, payee, 50_000)
    return payee


def test_a_payout_leaves_at_once_and_arrives_by_the_banks_clock(bank: Bank, receiver, payee: str) -> None:
    bank.point_webhooks_at(receiver.url)
    payout = bank.payout(payee, 20_000, reference="pyo_1").raise_for_status().json()
    assert (payout["status"], payout["last4"]) == ("in_transit", "8002")
    assert (bank.balance(), bank.balance_of(payee)) == (50_000, 30_000)

    bank.advance(bank.payout_seconds)
    receiver.wait_for("payout.paid")

    assert bank.get(f"/api/payouts/{payout['id']}").json() == payout | {"status": "paid"}
    assert bank.get("/api/payouts", reference="pyo_1").json()["data"] == [payout | {"status": "paid"}]
    assert (bank.balance(), bank.balance_of(payee)) == (50_000, 30_000)


def test_one_that_fails_is_on_the_payees_account_again(bank: Bank, receiver, payee: str) -> None:
    bank.point_webhooks_at(receiver.url)
    bank.fault("payout.create", "fail_later:60")
    payout = bank.payout(payee, 50_000).json()["id"]
    assert bank.balance_of(payee) == 0

    bank.advance(60)
    receiver.wait_for("payout.failed")

    assert bank.get(f"/api/payouts/{payout}").json()["failure_code"] == "account_closed"
    assert (bank.balance(), bank.balance_of(payee)) == (50_000, 50_000)


def test_a_bank_sends_back_even_what_it_had_taken(bank: Bank, payee: str) -> None:
    payout = bank.payout(payee, 50_000).json()["id"]
    assert bank.settle_payout(payout)["status"] == "paid"

    assert bank.settle_payout(payout, "fail")["status"] == "failed"
    assert bank.settle_payout(payout, "fail")["status"] == "failed"

    assert bank.balance_of(payee) == 50_000
    with pytest.raises(AssertionError, match="payout_over"):
        bank.settle_payout(payout)


def test_a_payout_of_the_past_waits_for_its_teller(bank: Bank, payee: str) -> None:
    asked = {"payee": payee, "amount_minor": 20_000, "currency": "CNY", "reference": "payout"}
    payout = bank.post("/api/payouts", asked, ago_s=10 * 86_400).raise_for_status().json()
    assert payout["status"] == "in_transit"

    assert bank.settle_payout(payout["id"], ago_s=9 * 86_400)["status"] == "paid"

    assert not {"payout.created", "payout.paid"} & {delivery["type"] for delivery in bank.deliveries()}
    told = [event["created_at"][:10] for event in bank.events() if event["type"].startswith("payout.")]
    days = [datetime.now(UTC).date() - timedelta(days=ago) for ago in (10, 9)]  # noqa: TID251
    assert told == [day.isoformat() for day in days]
    assert bank.violations() == {}


def test_racing_payouts_never_exceed_what_stands_there(bank: Bank, payee: str) -> None:
    with ThreadPoolExecutor(12) as pool:
        answers = list(pool.map(lambda _: bank.payout(payee, 20_000), range(12)))

    assert sorted(answer.status_code for answer in answers) == [200] * 2 + [409] * 10
    codes = {answer.json()["error"]["code"] for answer in answers if answer.status_code == 409}
    assert codes == {"balance_insufficient"}
    assert bank.balance_of(payee) == 10_000


def test_nothing_goes_to_somebody_without_an_account_or_switched_off(bank: Bank, payee: str) -> None:
    nobody = bank.payee("pty_2", named=False)["id"]
    bank.switch_payee(payee, "disable")
    bank.fault("payout.create", "decline", skip=2)

    for one in (nobody, payee):
        assert bank.payout(one, 1).json()["error"]["code"] == "payouts_disabled"
    bank.switch_payee(payee, "enable")
    assert bank.payout(payee, 1).json()["error"]["code"] == "payout_refused"

    assert bank.balance_of(payee) == 50_000
    assert bank.payout(payee, 50_000).is_success


def test_a_payees_statement_has_a_page_and_a_file(bank: Bank, payee: str) -> None:
    payout = bank.payout(payee, 20_000, reference="pyo_1").json()["id"]
    bank.settle_payout(payout, "fail")

    page = bank.client.get("/statement", params={"payee": payee, "lang": "zh-hans"})
    file = bank.client.get("/statement.csv", params={"payee": payee})

    assert page.status_code == 200
    assert "收款人账户" in page.text
    rows = [line.split(",")[1:] for line in file.text.strip().splitlines()[1:]]
    assert [(row[0], row[4], row[5]) for row in rows] == [
        ("transfer", "500.00", "500.00"),
        ("payout", "-200.00", "300.00"),
        ("payout_returned", "200.00", "500.00"),
    ]
