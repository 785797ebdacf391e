"""Who is in a payout run, and who is left out and why: one statement of the database for each, without a lock."""

import json

from django.db import connection
from psycopg.types.json import Jsonb

from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.core.money import EXPONENTS
from marketplace.core.record import record
from marketplace.core.timers.schedule import cancel
from marketplace.core.tx import step
from marketplace.payments.events import PayoutRunCancelled
from marketplace.payments.machine import PAYOUT_RUN
from marketplace.payments.models import PayoutRun, PayoutRunMember
from marketplace.payments.payout_rules import LEAST_UNITS, SECURITY_WAIT, least

PAYOUT_RUN_LAPSE = "payout_run.lapse"

# What is on payees' accounts and in no payout, and the first reason that keeps it there; none when it goes.
READY = """
WITH standing AS (
    SELECT transfer.id, transfer.party_id, transfer.provider, transfer.currency, transfer.amount_minor,
        CASE
            WHEN account.id IS NULL THEN 'no_account'
            WHEN guard.frozen_at IS NOT NULL THEN 'frozen'
            WHEN guard.changed_at > %(changed_since)s THEN 'security_change'
            ELSE ''
        END AS reason
    FROM payments_transfer AS transfer
    LEFT JOIN payments_payoutaccount AS account
        ON account.party_id = transfer.party_id AND account.provider = transfer.provider AND account.payouts_enabled
    LEFT JOIN payments_payoutguard AS guard ON guard.party_id = transfer.party_id
    WHERE transfer.state = 'done' AND transfer.payout_id IS NULL
), ready AS (
    SELECT party_id, provider, currency, reason, sum(amount_minor)::bigint AS amount_minor,
        array_agg(id ORDER BY id) AS parts,
        sum(amount_minor) >= coalesce((%(least)s ->> currency)::bigint, %(least_of_others)s) AS enough
    FROM standing GROUP BY party_id, provider, currency, reason
)
"""

PLAN = f"""{READY}, member AS (
    INSERT INTO payments_payoutrunmember (run_id, party_id, provider, currency, amount_minor, parts, outcome, reason)
    SELECT %(run)s, party_id, provider, currency, amount_minor, parts, 'planned', ''
    FROM ready WHERE reason = '' AND enough
    ORDER BY party_id, currency
    RETURNING party_id, provider, currency, amount_minor, parts
)
INSERT INTO payments_payoutruntotal (run_id, provider, currency, payees, payouts, transfers, amount_minor)
SELECT %(run)s, provider, currency, count(DISTINCT party_id), count(*), sum(cardinality(parts)), sum(amount_minor)
FROM member GROUP BY provider, currency
"""  # noqa: S608  put together from constants

LEFT_OUT = f"""{READY}, left_out AS (
    SELECT CASE WHEN reason = '' THEN 'too_little' ELSE reason END AS reason, currency, party_id,
        cardinality(parts) AS transfers, amount_minor
    FROM ready WHERE reason <> '' OR NOT enough
    UNION ALL
    SELECT CASE WHEN state = 'on_hold' THEN hold ELSE 'on_its_way' END, currency, party_id, 1, amount_minor
    FROM payments_transfer WHERE state IN ('pending', 'on_hold', 'submitting', 'failed')
)
SELECT coalesce(jsonb_agg(to_jsonb(sums) ORDER BY currency, reason), '[]') FROM (
    SELECT reason, currency, count(DISTINCT party_id) AS payees, sum(transfers) AS transfers,
        sum(amount_minor) AS minor
    FROM left_out GROUP BY reason, currency
) AS sums
"""  # noqa: S608


@step
def plan_members(run: PayoutRun) -> None:
    """Write the members of a new run and its totals."""
    with connection.cursor() as cursor:
        cursor.execute(PLAN, planning_rules() | {"run": run.pk})


@step
def left_out() -> list[dict[str, object]]:
    """What stands with payees, or is on its way to them, and goes with no run now: sums by currency and reason."""
    with connection.cursor() as cursor:
        cursor.execute(LEFT_OUT, planning_rules())
        return json.loads(cursor.fetchone()[0])


@step
def cancel_run(run: PayoutRun, *, by: Actor, lapsed: bool = False) -> None:
    """What is not posted is dropped. The caller has locked the run."""
    move = PAYOUT_RUN.fire(run, "cancel")
    run.closed_at = clock.now()
    run.save(update_fields=["state", "closed_at"])
    cancel(PAYOUT_RUN_LAPSE, run.public_id)
    planned = PayoutRunMember.objects.filter(run=run, outcome=PayoutRunMember.Outcome.PLANNED)
    planned.update(outcome=PayoutRunMember.Outcome.DROPPED, reason=PayoutRunMember.Reason.CANCELLED)
    record(PayoutRunCancelled(aggregate=run.public_id, lapsed=lapsed), by=by, move=move)


def planning_rules() -> dict[str, object]:
    return {
        "changed_since": clock.now() - SECURITY_WAIT,
        "least": Jsonb({currency: least(currency).amount_minor for currency in EXPONENTS}),
        "least_of_others": LEAST_UNITS * 100,
    }
