"""A payout run of BENCH_PAYEES (100000) payees, from planning to the last posting, in one process of its own: payouts a
second, and how much memory it needs. Beside it the limit: the very same rows by set-based SQL alone, as the tables'
owner and in one transaction, with every constraint and index in place.
"""

import json
import os
import subprocess
import sys
import time

from psycopg.types.json import Jsonb

from marketplace.core import clock
from marketplace.payments.steps.planning import PLAN, planning_rules
from marketplace.stack.paths import ROOT
from tests.bench.raw import connect
from tests.bench.report import AtLeast, AtMost, Suite
from tests.factories.ready import payees_with_money

PAYEES = int(os.environ.get("BENCH_PAYEES", "100000"))
BLOCK = 5_000
MINUTE = "payouts a second that make 100,000 in 5 minutes"
GOALS = {
    "planned and posted / set-based SQL": AtLeast(0.20, "planned and posted", "set-based SQL"),
    "planned and posted / 100,000 in five minutes": AtLeast(1.0, "planned and posted", MINUTE),
    "MB above the start / 100": AtMost(1.0, "MB above the start, at its height", "100 MB"),
}

# What a run writes, step by step; `going` holds what each member becomes.
STEPS = (
    """
    CREATE TEMP TABLE going ON COMMIT DROP AS
    SELECT member.id AS member, member.party_id, member.provider, member.currency, member.amount_minor, member.parts,
        party.public_id AS party, account.provider_payee, account.last4,
        'pyo_' || left(replace(gen_random_uuid()::text, '-', ''), 26) AS public_id,
        nextval(pg_get_serial_sequence('payments_payout', 'id')) AS payout,
        nextval(pg_get_serial_sequence('ledger_account', 'id')) AS account,
        nextval(pg_get_serial_sequence('ledger_journal', 'id')) AS journal
    FROM payments_payoutrunmember AS member
    JOIN accounts_party AS party ON party.id = member.party_id
    JOIN payments_payoutaccount AS account ON account.party_id = member.party_id
    WHERE member.run_id = %(run)s
    """,
    "ANALYZE going",
    """
    INSERT INTO payments_payout (id, public_id, party_id, provider, payee, amount_minor, currency, state, hold, tries,
        epoch, provider_payout, last4, failure, created_at, checked_at, stopped)
    OVERRIDING SYSTEM VALUE
    SELECT payout, public_id, party_id, provider, provider_payee, amount_minor, currency, 'pending', '', 1, 1, '',
        last4, '', %(now)s, %(now)s, false FROM going
    """,
    """
    UPDATE payments_transfer AS transfer SET payout_id = going.payout
    FROM going, unnest(going.parts) AS part WHERE transfer.id = part
    """,
    """
    INSERT INTO ledger_account (id, code, currency, kind, party_id, allow_negative) OVERRIDING SYSTEM VALUE
    SELECT account, 'in_transit:' || public_id, currency, 'in_transit', party_id, false FROM going
    """,
    """
    INSERT INTO ledger_balance (account_id, amount_minor, allow_negative) SELECT account, amount_minor, false FROM going
    """,
    """
    INSERT INTO ledger_journal (id, idempotency_key, input_hash, kind, reference, posted_at) OVERRIDING SYSTEM VALUE
    SELECT journal, 'payout_sent:' || public_id, encode(sha256(public_id::bytea), 'hex'), 'payout_sent', public_id,
        %(now)s FROM going
    """,
    """
    UPDATE ledger_balance AS balance SET amount_minor = balance.amount_minor - going.amount_minor
    FROM going JOIN ledger_account AS account
        ON account.code = 'connected:' || going.party AND account.currency = going.currency
    WHERE balance.account_id = account.id
    """,
    """
    INSERT INTO ledger_line (journal_id, seq, source_id, destination_id, amount_minor, currency)
    SELECT going.journal, 1, source.id, going.account, going.amount_minor, going.currency
    FROM going JOIN ledger_account AS source
        ON source.code = 'connected:' || going.party AND source.currency = going.currency
    """,
    """
    WITH event AS (
        INSERT INTO core_event (aggregate, seq, name, from_state, to_state, source, label, request_id, at, data)
        SELECT public_id, 1, 'payout.requested', '', '', 'system', 'payments', '', %(now)s,
            jsonb_build_object('amount_minor', amount_minor, 'currency', currency, 'attempt', 1)
        FROM going RETURNING id
    )
    INSERT INTO core_delivery (event_id, handler, state, attempts, due_at, error)
    SELECT id, 'marketplace.payments.handlers.payees.take_payout_to_provider', 'done', 0, %(now)s, '' FROM event
    """,
    """
    UPDATE payments_payoutrunmember AS member SET outcome = 'posted', payout_id = going.payout
    FROM going WHERE member.id = going.member
    """,
    "UPDATE payments_payoutrun SET state = 'done', closed_at = %(now)s WHERE id = %(run)s",
)
RUN = """
INSERT INTO payments_payoutrun (public_id, state, alone, left_out, planned_at, expires_at)
VALUES ('prn_bench' || nextval('core_event_id_seq'), 'running', true, %(nobody)s, %(now)s, %(now)s) RETURNING id
"""


def everybody_has_money() -> None:
    for _ in range(0, PAYEES, BLOCK):
        payees_with_money(min(PAYEES, BLOCK))


def ours() -> dict[str, float]:
    """In a process that has never seen a payee."""
    everybody_has_money()
    command = [sys.executable, "-m", "tests.bench.payout_run_peer"]
    said = subprocess.run(command, cwd=ROOT, env=os.environ, stdout=subprocess.PIPE, check=True).stdout
    measured = json.loads(said)
    if measured["posted"] != PAYEES:
        raise RuntimeError(f"{measured['posted']} of {PAYEES} were posted")
    return {
        "planned": PAYEES / measured["planning"],
        "planned and posted": PAYEES / (measured["planning"] + measured["posting"]),
        "MB above the start, at its height": max(measured["height"], 0.1),
    }


def set_based() -> float:
    """Payouts a second."""
    everybody_has_money()
    client = connect("mooring_owner")
    client.execute("SET statement_timeout = 0")
    client.execute("SET idle_in_transaction_session_timeout = 0")
    started = time.perf_counter()
    with client.transaction():
        facts = {"now": clock.now(), "nobody": Jsonb([])}
        run = client.execute(RUN, facts).fetchone()[0]
        client.execute(PLAN, planning_rules() | {"run": run})
        for step in STEPS:
            client.execute(step, facts | {"run": run})
    took = time.perf_counter() - started
    posted = client.execute("SELECT count(*) FROM payments_payout").fetchone()[0]
    client.close()
    if posted % PAYEES:
        raise RuntimeError(f"{posted} payouts in all")
    return PAYEES / took


def one_round() -> dict[str, float]:
    return ours() | {"set-based SQL": set_based(), MINUTE: 100_000 / 300, "100 MB": 100.0}


SUITE = Suite(f"A payout run of {PAYEES:,}, payouts per second", one_round, GOALS)
