"""Recording an event: one row, its deliveries, and a nudge to the relay, in the transaction of what happened."""

from collections.abc import Sequence

from django.db import connection, transaction
from django.db.models import QuerySet
from psycopg.types.json import Jsonb

from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.core.domain_event import DomainEvent
from marketplace.core.machine import Move
from marketplace.core.models import Event
from marketplace.core.outbox.nudge import nudge
from marketplace.core.outbox.registry import handlers_of
from marketplace.core.tx import step

# The aggregate is locked by the use case, so its next number is free; the unique constraint holds anyone to that.
INSERT = """
WITH event AS (
    INSERT INTO core_event
        (aggregate, seq, name, from_state, to_state, actor_id, party, source, label, request_id, at, data)
    SELECT %(aggregate)s, coalesce(max(seq), 0) + 1, %(name)s, %(from_state)s, %(to_state)s, %(actor)s, %(party)s,
           %(source)s, %(label)s, %(request_id)s, %(at)s, %(data)s
    FROM core_event WHERE aggregate = %(aggregate)s
    RETURNING id
), delivery AS (
    INSERT INTO core_delivery (event_id, handler, state, attempts, due_at, error)
    SELECT event.id, handler, 'pending', 0, %(at)s, '' FROM event, unnest(%(handlers)s::text[]) AS handler
)
SELECT id FROM event
"""


@step
def record(event: DomainEvent, *, by: Actor, move: Move | None = None) -> int:
    """Append `event` and return its row's id. `move` is what the machine answered, if it moved."""
    handlers = handlers_of(event.name)
    with connection.cursor() as cursor:
        cursor.execute(
            INSERT,
            {
                "aggregate": event.aggregate,
                "name": event.name,
                "from_state": move.source if move else "",
                "to_state": move.target if move else "",
                "actor": by.user_id,
                "party": by.party_id,
                "source": by.source.value,
                "label": by.label,
                "request_id": by.request_id,
                "at": clock.now(),
                "data": Jsonb(event.data()),
                "handlers": handlers,
            },
        )
        row_id = cursor.fetchone()[0]
    if handlers:
        transaction.on_commit(nudge)
    return row_id


# Of many aggregates at once, each named once.
INSERT_ALL = """
WITH event AS (
    INSERT INTO core_event
        (aggregate, seq, name, from_state, to_state, actor_id, party, source, label, request_id, at, data)
    SELECT one.aggregate, coalesce((SELECT max(seq) FROM core_event WHERE aggregate = one.aggregate), 0) + 1,
           %(name)s, %(from_state)s, %(to_state)s, %(actor)s, %(party)s, %(source)s, %(label)s, %(request_id)s, %(at)s,
           one.data
    FROM jsonb_to_recordset(%(events)s) AS one(aggregate text, data jsonb)
    RETURNING id
)
INSERT INTO core_delivery (event_id, handler, state, attempts, due_at, error)
SELECT event.id, handler, 'pending', 0, %(at)s, '' FROM event, unnest(%(handlers)s::text[]) AS handler
"""


@step
def record_all(events: Sequence[DomainEvent], *, by: Actor, move: Move | None = None) -> None:
    """Append events of one kind and of as many aggregates, all of which moved alike or not at all, in one statement."""
    if not events:
        return
    handlers = handlers_of(events[0].name)
    with connection.cursor() as cursor:
        cursor.execute(
            INSERT_ALL,
            {
                "name": events[0].name,
                "from_state": move.source if move else "",
                "to_state": move.target if move else "",
                "actor": by.user_id,
                "party": by.party_id,
                "source": by.source.value,
                "label": by.label,
                "request_id": by.request_id,
                "at": clock.now(),
                "events": Jsonb([{"aggregate": event.aggregate, "data": event.data()} for event in events]),
                "handlers": handlers,
            },
        )
    if handlers:
        transaction.on_commit(nudge)


def timeline(aggregate: str) -> QuerySet[Event]:
    """Everything that happened to one thing, oldest first."""
    return Event.objects.filter(aggregate=aggregate).select_related("actor").order_by("seq")
