"""Posting a plan: one round trip to the one function that writes the ledger."""

from collections.abc import Sequence
from dataclasses import dataclass

import psycopg
from django.db import DatabaseError, IntegrityError, connection
from psycopg import errors as pg

from marketplace.core import clock, locks
from marketplace.core.tx import step
from marketplace.ledger.errors import JournalKeyReused, LotExhausted, Overdraft
from marketplace.ledger.plan import Plan
from marketplace.ledger.steps.arrays import arguments

CALL = """
SELECT place, journal_id, is_new FROM ledger_post(
    %s::text[], %s::text[], %s::text[], %s::text[], %s::bigint[], %s::timestamptz,
    %s::text[], %s::text[], %s::text[], %s::bigint[], %s::boolean[],
    %s::int[], %s::int[], %s::int[], %s::bigint[], %s::text[],
    %s::int[], %s::bigint[], %s::bigint[],
    %s::int[], %s::text[], %s::int[], %s::bigint[], %s::text[], %s::text[], %s::bigint[], %s::text[],
    %s::timestamptz[])
"""


@dataclass(frozen=True, slots=True)
class Posted:
    """`is_new` is False when the same plan had been posted before."""

    journal_id: int
    is_new: bool


@step
def post(plan: Plan) -> Posted:
    """Post one plan. Raises Overdraft, LotExhausted or JournalKeyReused; then nothing has changed.

    The same plan again answers with the first journal.
    """
    return post_all([plan])[0]


@step
def post_all(plans: Sequence[Plan]) -> list[Posted]:
    """Post many plans in one call: all of them or none."""
    locks.take("ledger")
    try:
        # psycopg's own cursor: parameters bound by the server, the statement prepared. Django's binds in Python.
        with connection.wrap_database_errors, psycopg.Cursor(connection.connection) as cursor:
            cursor.execute(CALL, arguments(plans, clock.now()), prepare=True)
            return [Posted(journal_id, is_new) for _place, journal_id, is_new in cursor.fetchall()]
    except IntegrityError as error:
        raise refusal(error) from error
    except DatabaseError as error:
        if getattr(error.__cause__, "sqlstate", "") == "MO409":
            raise JournalKeyReused from error
        raise


def refusal(error: IntegrityError) -> Exception:
    """The refusal behind a violated constraint; any other violation is a bug and stays what it is."""
    cause = error.__cause__
    constraint = cause.diag.constraint_name if isinstance(cause, pg.IntegrityError) else ""
    return {"no_overdraft": Overdraft(), "lot_not_overused": LotExhausted()}.get(constraint, error)
