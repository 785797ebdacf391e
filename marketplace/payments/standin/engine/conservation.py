"""Does every cent have a place? Questions asked of the rows themselves, not of the code that wrote them."""

from django.db import connection

_CHECKS = {
    "every currency sums to zero": """
        SELECT currency, sum(balance_minor)::text FROM standin_account GROUP BY currency HAVING sum(balance_minor) <> 0
    """,
    "every posting sums to zero": """
        SELECT l.posting_id::text, a.currency FROM standin_leg l JOIN standin_account a ON a.id = l.account_id
        GROUP BY l.posting_id, a.currency HAVING sum(l.amount_minor) <> 0
    """,
    "every balance is the sum of its legs": """
        SELECT a.kind, a.currency FROM standin_account a LEFT JOIN standin_leg l ON l.account_id = a.id
        GROUP BY a.id HAVING a.balance_minor <> coalesce(sum(l.amount_minor), 0)
    """,
    "every running balance follows from the line before": """
        SELECT id::text, account_id::text FROM (
            SELECT id, account_id, balance_minor, sum(amount_minor) OVER (PARTITION BY account_id ORDER BY id) AS due
            FROM standin_leg
        ) line WHERE balance_minor <> due
    """,
    "the platform holds what was charged and neither refunded nor transferred": """
        SELECT a.currency, a.balance_minor::text FROM standin_account a
        LEFT JOIN standin_charge c ON c.currency = a.currency
        WHERE a.kind = 'platform' GROUP BY a.id
        HAVING a.balance_minor <> coalesce(sum(c.amount_minor - c.refunded_minor - c.transferred_minor), 0)
    """,
    "every charge knows its transfers": """
        SELECT c.id, c.transferred_minor::text FROM standin_charge c
        LEFT JOIN standin_transfer t ON t.charge_id = c.id
        GROUP BY c.id HAVING c.transferred_minor <> coalesce(sum(t.amount_minor - t.reversed_minor), 0)
    """,
    "every transfer knows its reversals": """
        SELECT t.id, t.reversed_minor::text FROM standin_transfer t
        LEFT JOIN standin_reversal r ON r.transfer_id = t.id
        GROUP BY t.id HAVING t.reversed_minor <> coalesce(sum(r.amount_minor), 0)
    """,
    "every payee holds what was transferred to her and not paid out": """
        SELECT a.owner, a.currency FROM standin_account a WHERE a.kind = 'payee' AND a.balance_minor <>
            (SELECT coalesce(sum(t.amount_minor - t.reversed_minor), 0) FROM standin_transfer t
             WHERE t.payee_id = a.owner AND t.currency = a.currency)
            - (SELECT coalesce(sum(p.amount_minor), 0) FROM standin_payout p
               WHERE p.payee_id = a.owner AND p.currency = a.currency AND p.status <> 'failed')
    """,
    "the banks outside have what was paid out and not returned": """
        SELECT a.currency, a.balance_minor::text FROM standin_account a
        LEFT JOIN standin_payout p ON p.currency = a.currency AND p.status <> 'failed'
        WHERE a.kind = 'banks' GROUP BY a.id HAVING a.balance_minor <> coalesce(sum(p.amount_minor), 0)
    """,
    "every charge knows its refunds": """
        SELECT c.id, c.refunded_minor::text FROM standin_charge c
        LEFT JOIN standin_refund r ON r.charge_id = c.id AND r.status <> 'failed'
        GROUP BY c.id HAVING c.refunded_minor <> coalesce(sum(r.amount_minor), 0)
    """,
    "every paid checkout has its charge, and only those": """
        SELECT k.id, k.status FROM standin_checkout k LEFT JOIN standin_charge c ON c.checkout_id = k.id
        WHERE (k.status = 'paid') <> (c.id IS NOT NULL) OR c.amount_minor <> k.amount_minor
    """,
}


def violations() -> dict[str, list[list[str]]]:
    """The rows that break each rule; empty when the books are whole."""
    found = {}
    with connection.cursor() as cursor:
        for rule, sql in _CHECKS.items():
            cursor.execute(sql)
            if rows := cursor.fetchall():
                found[rule] = [list(row) for row in rows]
    return found
