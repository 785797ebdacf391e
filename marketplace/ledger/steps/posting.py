"""Posting a plan: one round trip to one of the two functions that write the ledger."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import DatabaseError, IntegrityError
from psycopg import errors as pg

from marketplace.core import clock, locks
from marketplace.core.round_trip import call
from marketplace.core.tx import step
from marketplace.ledger.errors import JournalKeyReused, LotExhausted, Overdraft
from marketplace.ledger.plan import Plan
from marketplace.ledger.steps import arrays

FEW_LINES = 8  # more than that, and sets are quicker


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
    return send([plan])[0]


@step
def post_all(plans: Sequence[Plan]) -> list[Posted]:
    """Post many plans in one call: all of them or none."""
    return send(plans) if plans else []


def send(plans: Sequence[Plan]) -> list[Posted]:
    locks.take("ledger")
    now = clock.now()
    try:
        if len(plans) == 1 and is_plain(plans[0]):
            answer = call("ledger_post_one", arrays.one(plans[0], now))
        else:
            answer = call("ledger_post_many", arrays.many(plans, now))
    except IntegrityError as error:
        raise refusal(error) from error
    except DatabaseError as error:
        if getattr(error.__cause__, "sqlstate", "") == "MO409":
            raise JournalKeyReused from error
        raise
    ids, fresh = (answer.get_value(0, column)[1:-1].split(b",") for column in (0, 1))
    return [Posted(int(journal), is_new == b"t") for journal, is_new in zip(ids, fresh, strict=True)]


def is_plain(plan: Plan) -> bool:
    return not plan.uses and not plan.lots and len(plan.lines) <= FEW_LINES


def refusal(error: IntegrityError) -> Exception:
    """The refusal behind a violated constraint; any other violation is a bug and stays what it is."""
    cause = error.__cause__
    constraint = cause.diag.constraint_name if isinstance(cause, pg.IntegrityError) else ""
    return {"no_overdraft": Overdraft(), "lot_not_overused": LotExhausted()}.get(constraint, error)
