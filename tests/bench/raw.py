"""psycopg alone: calling the same function, and the same rows by set-based SQL without it, as the tables' owner."""

import secrets
from collections.abc import Callable
from datetime import UTC, datetime

import psycopg
from django.db import connection

from marketplace.ledger.steps import arrays
from tests.bench import ours
from tests.bench.pairs import ACCOUNTS, pair

CALL = f"SELECT * FROM ledger_post_one({', '.join(['%s'] * 15)})"
SET_BASED = """
WITH l AS MATERIALIZED (
    SELECT * FROM unnest(%s::text[], %s::bigint[], %s::bigint[]) WITH ORDINALITY AS x(key, source, destination, n)
), j AS (
    INSERT INTO ledger_journal (idempotency_key, input_hash, kind, reference, posted_at)
    SELECT key, key, 'bench', 'bench', %s FROM l RETURNING id, idempotency_key
), locked AS MATERIALIZED (
    SELECT account_id FROM ledger_balance
    WHERE account_id IN (SELECT source FROM l UNION SELECT destination FROM l) ORDER BY account_id FOR NO KEY UPDATE
), delta AS (
    SELECT account, sum(amount) AS amount
    FROM (SELECT source AS account, -1 AS amount FROM l UNION ALL SELECT destination, 1 FROM l) AS side GROUP BY account
), moved AS (
    UPDATE ledger_balance AS b SET amount_minor = b.amount_minor + delta.amount
    FROM delta JOIN locked ON locked.account_id = delta.account WHERE b.account_id = delta.account
)
INSERT INTO ledger_line (journal_id, seq, source_id, destination_id, amount_minor, currency)
SELECT j.id, 1, l.source, l.destination, 1, 'CNY' FROM l JOIN j ON j.idempotency_key = l.key
"""


def connect(user: str) -> psycopg.Connection:
    """With the program's own session settings: its time limits cost the server a timer a statement."""
    settings = connection.settings_dict
    return psycopg.connect(
        host=settings["HOST"],
        user=user,
        dbname=settings["NAME"],
        options=settings["OPTIONS"]["options"],
        autocommit=True,
    )


def same_function(turn: int = 50) -> Callable[[], int]:
    """As lean as psycopg gets: prepared, and one statement that is a transaction by itself."""
    client = connect("mooring_app")
    now = datetime.now(UTC)

    def work() -> int:
        for _ in range(turn):
            client.execute(CALL, arrays.one(ours.plan(), now), prepare=True).fetchone()
        return turn

    return work


def same_function_in_transaction(turn: int = 50) -> Callable[[], int]:
    """What a use case cannot do without: it looks at the answer before it commits."""
    client = connect("mooring_app")
    client.autocommit = False
    now = datetime.now(UTC)

    def work() -> int:
        for _ in range(turn):
            client.execute(CALL, arrays.one(ours.plan(), now), prepare=True).fetchone()
            client.commit()
        return turn

    return work


def set_based(size: int) -> Callable[[], int]:
    """The limit: what PostgreSQL does with the same tables, constraints and triggers, arrays ready made."""
    client = connect("mooring_owner")
    rows = client.execute("SELECT id FROM ledger_account WHERE code LIKE 'receivable:bench-%' ORDER BY id").fetchall()
    ids = [row[0] for row in rows]
    now = datetime.now(UTC)

    def work() -> int:
        pairs = [pair(min(ACCOUNTS, len(ids))) for _ in range(size)]
        keys = [secrets.token_hex(16) for _ in range(size)]
        client.execute(SET_BASED, [keys, [ids[a] for a, _ in pairs], [ids[b] for _, b in pairs], now], prepare=True)
        return size

    return work
