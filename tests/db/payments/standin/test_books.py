"""The bank's books: they conserve money, cannot be rewritten, and the statement adds up."""

import psycopg
import pytest

from tests.support.bank import Bank
from tests.support.stripe_api import StripeApi


@pytest.mark.parametrize("table", ["standin_posting", "standin_leg", "standin_event", "standin_movement"])
@pytest.mark.parametrize("statement", ["UPDATE {} SET {} = {}", "DELETE FROM {}", "TRUNCATE {} CASCADE"])
def test_history_cannot_be_rewritten(bank: Bank, table: str, statement: str) -> None:
    bank.paid()
    StripeApi(bank).charge()
    column = "seq" if table == "standin_event" else "id"
    bank.stop()  # TRUNCATE would wait for the worker's glances, and the worker for it

    with bank.connect() as connection, pytest.raises(psycopg.errors.IntegrityError, match="append-only"):
        connection.execute(statement.format(table, column, column))

    bank.start()

    assert len(bank.entries()) == 1


def test_posting_that_does_not_sum_to_zero_is_refused_at_commit(bank: Bank) -> None:
    bank.paid()
    with bank.connect() as connection, pytest.raises(psycopg.errors.CheckViolation, match="does not sum to zero"):
        connection.execute(
            """
            WITH p AS (
                INSERT INTO standin_posting (kind, subject, reference, posted_at)
                VALUES ('charge', 'chg_forged', 'x', now()) RETURNING id
            )
            INSERT INTO standin_leg (posting_id, account_id, amount_minor, balance_minor)
            SELECT p.id, a.id, 5, 5 FROM p, standin_account a WHERE a.kind = 'platform'
            """
        )
    assert bank.balance() == 100_000


def test_platform_account_is_never_overdrawn(bank: Bank) -> None:
    bank.paid()
    with bank.connect() as connection, pytest.raises(psycopg.errors.CheckViolation, match="not_overdrawn"):
        connection.execute("UPDATE standin_account SET balance_minor = -1 WHERE kind = 'platform'")


def test_charge_is_never_refunded_beyond_itself_even_by_hand(bank: Bank) -> None:
    bank.paid()
    with bank.connect() as connection, pytest.raises(psycopg.errors.CheckViolation, match="over_refunded"):
        connection.execute("UPDATE standin_charge SET refunded_minor = amount_minor + 1")


def test_statement_adds_up_in_every_currency(bank: Bank) -> None:
    for amount, currency in ((100_000, "CNY"), (250_000, "JPY"), (1_234, "KWD"), (50_000, "CNY")):
        charge = bank.paid(amount_minor=amount, currency=currency)["charge"]["id"]
        bank.refund(charge, 234, currency=currency)

    for currency, expected in (("CNY", 149_532), ("JPY", 249_766), ("KWD", 1_000)):
        lines = [entry for entry in bank.entries() if entry["currency"] == currency]
        running = 0
        for line in lines:
            running += line["amount_minor"]
            assert line["balance_minor"] == running
        assert running == expected == bank.balance(currency)
    assert bank.violations() == {}


def test_statement_is_read_page_by_page_without_a_gap(bank: Bank) -> None:
    for _ in range(5):
        bank.paid()

    cursor, seen = 0, []
    for _ in range(3):
        page = bank.get("/api/entries", cursor=cursor, limit=2).json()
        seen += page["data"]
        cursor = page["next_cursor"]

    assert seen == bank.entries()
    assert bank.get("/api/entries", cursor=cursor).json() == {"data": [], "has_more": False, "next_cursor": cursor}


@pytest.mark.parametrize(
    ("change", "rules"),
    [
        (
            "UPDATE standin_account SET balance_minor = balance_minor + {} WHERE kind = 'acquired'",
            {
                "every currency sums to zero",
                "every balance is the sum of its legs",
                "every balance at the acquirer is the sum of its movements",
                "the acquirer owes the platform what it took in, less fees and what went on",
            },
        ),
        (
            "UPDATE standin_cardcharge SET fee_minor = fee_minor + {}",
            {
                "the acquirer owes the platform what it took in, less fees and what went on",
                "the acquirer's fees are those of charges and disputes",
            },
        ),
        (
            "UPDATE standin_carddispute SET amount_minor = amount_minor + {}",
            {"the acquirer owes the platform what it took in, less fees and what went on"},
        ),
        (
            "UPDATE standin_cardcharge SET sent_minor = sent_minor + {}",
            {"every card charge knows the transfers out of it"},
        ),
        (
            "UPDATE standin_connectedtransfer SET reversed_minor = reversed_minor + {}",
            {
                "every transfer to a connected account knows its reversals",
                "every connected account holds what was transferred to it and not paid out",
                "the acquirer owes the platform what it took in, less fees and what went on",
            },
        ),
    ],
)
def test_violation_at_the_acquirer_is_found_and_named(bank: Bank, change: str, rules: set[str]) -> None:
    api = StripeApi(bank)
    charge, account = api.charge(), api.account()
    api.transfer(account, 60_000, charge=charge.id)
    bank.dispute(charge.id)
    assert bank.violations() == {}
    with bank.connect() as connection:
        connection.execute(change.format(1))
    found = bank.violations()
    with bank.connect() as connection:
        connection.execute(change.format(-1))

    assert set(found) == rules


def test_violation_is_found_and_named(bank: Bank) -> None:
    bank.paid()
    with bank.connect() as connection:
        connection.execute("UPDATE standin_account SET balance_minor = balance_minor + 1 WHERE kind = 'platform'")
    found = bank.violations()
    with bank.connect() as connection:
        connection.execute("UPDATE standin_account SET balance_minor = balance_minor - 1 WHERE kind = 'platform'")

    assert set(found) == {
        "every currency sums to zero",
        "every balance is the sum of its legs",
        "the platform holds what was charged and neither refunded nor transferred",
    }
