"""The levers' parameters and answers."""

import re

from marketplace.payments.standin.dialects.testbank.params import Params
from marketplace.payments.standin.engine import snapshots
from marketplace.payments.standin.engine.errors import invalid
from marketplace.payments.standin.models import Delivery, FaultRule

_OPERATION = re.compile(r"\*|[a-z0-9_\[\]]+(\.[a-z0-9_\[\]]+){0,7}")
FOR_EVER = 0


def fault(given: Params) -> dict:
    """The fields of a fault rule; `count` 0 means for ever."""
    operation = given.text("operation")
    if not _OPERATION.fullmatch(operation):
        raise invalid("operation", "such as refund.create, webhook.deliver or *")
    argument = given.integer("argument", least=-1, most=10**9, default=-1)
    fields = {
        "operation": operation,
        "action": given.text("action"),
        "argument": None if argument < 0 else argument,
        "skip": given.integer("skip", least=0, most=10**6, default=0),
        "count": given.integer("count", least=0, most=10**6, default=1) or None,
        "permille": given.integer("permille", least=0, most=1000, default=1000),
        "seed": given.text("seed", default="", longest=64),
    }
    given.finish()
    return fields


def rule(row: FaultRule) -> dict:
    """A fault rule, and how far it is spent."""
    return {
        "id": row.pk,
        "operation": row.operation,
        "action": row.action,
        "argument": row.argument,
        "skip": row.skip,
        "count": row.count or FOR_EVER,
        "permille": row.permille,
        "seed": row.seed,
        "seen": row.seen,
        "hits": row.hits,
    }


def delivery(row: Delivery) -> dict:
    """A webhook's state."""
    return {
        "id": row.pk,
        "event": row.event.id,
        "type": row.event.type,
        "status": row.status,
        "attempts": row.attempts,
        "fault": row.fault,
        "due_at": snapshots.instant(row.due_at),
        "last_status": row.last_status,
        "last_error": row.last_error,
    }
