"""What must always be true of money."""

from collections.abc import Iterator

from django.db import connection

from marketplace.core.invariants import invariant


def rows(sql: str) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchall()


@invariant
def balances_sum_to_nought() -> Iterator[str]:
    for currency, total in rows(
        "SELECT currency, sum(amount_minor) FROM ledger_balance JOIN ledger_account ON id = account_id"
        " GROUP BY currency HAVING sum(amount_minor) <> 0"
    ):
        yield f"{currency} balances sum to {total}"


@invariant
def balance_is_the_sum_of_its_lines() -> Iterator[str]:
    for code, currency, balance, lines in rows("""
        SELECT account.code, account.currency, balance.amount_minor, coalesce(moved.amount, 0)
        FROM ledger_account AS account
        JOIN ledger_balance AS balance ON balance.account_id = account.id
        LEFT JOIN (
            SELECT id, sum(amount) AS amount FROM (
                SELECT destination_id AS id, amount_minor AS amount FROM ledger_line
                UNION ALL SELECT source_id, -amount_minor FROM ledger_line
            ) AS side GROUP BY id
        ) AS moved ON moved.id = account.id
        WHERE balance.amount_minor <> coalesce(moved.amount, 0)
    """):
        yield f"{code} {currency} says {balance}, its lines say {lines}"


@invariant
def lot_remaining_is_amount_less_uses() -> Iterator[str]:
    for lot, remaining, expected in rows("""
        SELECT lot.public_id, lot.remaining_minor, lot.amount_minor - coalesce(sum(use.amount_minor), 0)
        FROM ledger_fundinglot AS lot LEFT JOIN ledger_lotuse AS use ON use.lot_id = lot.id
        GROUP BY lot.id HAVING lot.remaining_minor <> lot.amount_minor - coalesce(sum(use.amount_minor), 0)
    """):
        yield f"lot {lot} says {remaining}, its uses leave {expected}"


@invariant
def merchants_money_is_the_sum_of_its_lots() -> Iterator[str]:
    """Every cent of a merchant’s knows which charge it came from, so that it can go back there."""
    for code, currency, balance, lots in rows("""
        SELECT account.code, account.currency, balance.amount_minor, coalesce(sum(lot.remaining_minor), 0)
        FROM ledger_account AS account
        JOIN ledger_balance AS balance ON balance.account_id = account.id
        LEFT JOIN ledger_fundinglot AS lot ON lot.held_in_id = account.id
        WHERE account.kind IN ('wallet', 'reserved', 'protected')
        GROUP BY account.id, balance.amount_minor
        HAVING balance.amount_minor <> coalesce(sum(lot.remaining_minor), 0)
    """):
        yield f"{code} {currency} holds {balance}, its lots {lots}"


@invariant
def every_journal_has_lines() -> Iterator[str]:
    for (journal,) in rows("""
        SELECT journal.id FROM ledger_journal AS journal
        WHERE NOT EXISTS (SELECT 1 FROM ledger_line AS line WHERE line.journal_id = journal.id)
    """):
        yield f"journal {journal} moves nothing"
