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
            - (SELECT coalesce(sum(t.amount_minor - t.reversed_minor), 0) FROM standin_transfer t
               WHERE t.charge_id IS NULL AND t.currency = a.currency)
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
        LEFT JOIN (
            SELECT currency, amount_minor FROM standin_payout WHERE status <> 'failed'
            UNION ALL SELECT currency, amount_minor FROM standin_connectedpayout WHERE status <> 'failed'
        ) p ON p.currency = a.currency
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

_ACQUIRER = {
    "every balance at the acquirer is the sum of its movements": """
        SELECT a.owner, a.currency FROM standin_account a
        LEFT JOIN standin_movement m ON m.owner = a.owner AND m.currency = a.currency
        WHERE a.kind IN ('acquired', 'connected')
        GROUP BY a.id HAVING a.balance_minor <> coalesce(sum(m.amount_minor - m.fee_minor), 0)
    """,
    "every movement is its owner's part of its posting": """
        SELECT m.id, m.owner FROM standin_movement m
        LEFT JOIN standin_account a ON a.owner = m.owner AND a.currency = m.currency
            AND a.kind = CASE m.owner WHEN '' THEN 'acquired' ELSE 'connected' END
        LEFT JOIN standin_leg l ON l.posting_id = m.posting_id AND l.account_id = a.id
        WHERE l.amount_minor IS DISTINCT FROM m.amount_minor - m.fee_minor
    """,
    "the acquirer owes the platform what it took in, less fees and what went on": """
        SELECT a.currency, a.balance_minor::text FROM standin_account a WHERE a.kind = 'acquired' AND a.balance_minor <>
            (SELECT coalesce(sum(c.amount_minor - c.fee_minor - c.refunded_minor), 0) FROM standin_cardcharge c
             WHERE c.currency = a.currency AND c.status = 'succeeded')
            - (SELECT coalesce(sum(t.amount_minor - t.reversed_minor), 0) FROM standin_connectedtransfer t
               WHERE t.currency = a.currency)
            - (SELECT coalesce(sum(d.fee_minor + CASE d.status WHEN 'won' THEN 0 ELSE d.amount_minor END), 0)
               FROM standin_carddispute d WHERE d.currency = a.currency)
    """,
    "the acquirer's fees are those of charges and disputes": """
        SELECT a.currency, a.balance_minor::text FROM standin_account a WHERE a.kind = 'fees' AND a.balance_minor <>
            (SELECT coalesce(sum(c.fee_minor), 0) FROM standin_cardcharge c WHERE c.currency = a.currency)
            + (SELECT coalesce(sum(d.fee_minor), 0) FROM standin_carddispute d WHERE d.currency = a.currency)
    """,
    "every connected account holds what was transferred to it and not paid out": """
        SELECT a.owner, a.currency FROM standin_account a WHERE a.kind = 'connected' AND a.balance_minor <>
            (SELECT coalesce(sum(t.amount_minor - t.reversed_minor), 0) FROM standin_connectedtransfer t
             WHERE t.account_id = a.owner AND t.currency = a.currency)
            - (SELECT coalesce(sum(p.amount_minor), 0) FROM standin_connectedpayout p
               WHERE p.account_id = a.owner AND p.currency = a.currency AND p.status <> 'failed')
    """,
    "every card charge knows its refunds": """
        SELECT c.id, c.refunded_minor::text FROM standin_cardcharge c
        LEFT JOIN standin_cardrefund r ON r.charge_id = c.id AND r.status <> 'failed'
        GROUP BY c.id HAVING c.refunded_minor <> coalesce(sum(r.amount_minor), 0)
    """,
    "every card charge knows the transfers out of it": """
        SELECT c.id, c.sent_minor::text FROM standin_cardcharge c
        LEFT JOIN standin_connectedtransfer t ON t.charge_id = c.id
        GROUP BY c.id HAVING c.sent_minor <> coalesce(sum(t.amount_minor), 0)
    """,
    "every transfer to a connected account knows its reversals": """
        SELECT t.id, t.reversed_minor::text FROM standin_connectedtransfer t
        LEFT JOIN standin_connectedreversal r ON r.transfer_id = t.id
        GROUP BY t.id HAVING t.reversed_minor <> coalesce(sum(r.amount_minor), 0)
    """,
    "every paid session has its one charge, and only those": """
        SELECT s.id, s.status FROM standin_cardsession s
        LEFT JOIN standin_cardcharge c ON c.intent_id = s.intent_id AND c.status = 'succeeded'
        WHERE s.paid <> (c.id IS NOT NULL) OR c.amount_minor <> s.amount_minor
    """,
}


def violations() -> dict[str, list[list[str]]]:
    """The rows that break each rule; empty when the books are whole."""
    found = {}
    with connection.cursor() as cursor:
        for rule, sql in (_CHECKS | _ACQUIRER).items():
            cursor.execute(sql)
            if rows := cursor.fetchall():
                found[rule] = [list(row) for row in rows]
    return found
