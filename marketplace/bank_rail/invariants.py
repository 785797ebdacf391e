"""What must always be true of the rail's own books."""

from collections.abc import Iterator

from django.db import connection

from marketplace.core.invariants import invariant


def rows(sql: str) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchall()


@invariant
def no_payees_part_is_below_nought() -> Iterator[str]:
    for payee, currency, part in rows("""
        SELECT payee.reference, entry.currency,
            sum(CASE WHEN kind IN ('payout', 'payout_returned') THEN 1 ELSE -1 END * entry.amount_minor) AS part
        FROM bank_rail_entry AS entry JOIN bank_rail_payee AS payee ON payee.id = entry.payee_id
        GROUP BY payee.reference, entry.currency
        HAVING sum(CASE WHEN kind IN ('payout', 'payout_returned') THEN 1 ELSE -1 END * entry.amount_minor) < 0
    """):
        yield f"{payee} has {part} {currency}"


@invariant
def an_order_has_left_unless_it_failed() -> Iterator[str]:
    for order, state, moved in rows("""
        SELECT one.public_id, one.state, coalesce(sum(entry.amount_minor), 0)
        FROM bank_rail_order AS one LEFT JOIN bank_rail_entry AS entry ON entry.subject = one.public_id
        GROUP BY one.id
        HAVING coalesce(sum(entry.amount_minor), 0) <> CASE WHEN one.state = 'failed' THEN 0 ELSE -one.amount_minor END
    """):
        yield f"order {order} is {state}, and {moved} moved"


@invariant
def a_line_of_nobodys_order_is_in_the_books_once() -> Iterator[str]:
    for line, amount, booked in rows("""
        SELECT line.public_id, line.amount_minor, coalesce(sum(entry.amount_minor), 0)
        FROM bank_rail_bankline AS line
        LEFT JOIN bank_rail_entry AS entry ON entry.subject = line.public_id
        WHERE line.order_id IS NULL
        GROUP BY line.id HAVING line.amount_minor <> coalesce(sum(entry.amount_minor), 0)
    """):
        yield f"line {line} is {amount}, and {booked} is booked"
