"""The event log's only writer."""

from django.db import transaction

from marketplace.payments.standin.engine import cause, channels, clock, faults, ids, nudge, turn
from marketplace.payments.standin.models import Delivery, Event

COPIES_AT_MOST = 100


def record(event_type: str, snapshot: dict, *, channel: str = channels.TESTBANK, account: str = "") -> Event:
    """Append an event and its webhook, in the transaction of the change itself.

    What the fault plan does to a webhook as a whole (lose, duplicate, delay, reorder) is decided here, once, so that
    a sender that is killed and restarted does not decide again.
    """
    turn.take()
    moment = clock.now()
    event = Event.objects.create(
        id=ids.new("evt"),
        type=event_type,
        channel=channel,
        account=account,
        cause=cause.current(),
        created_at=moment,
        object=snapshot,
    )
    if clock.is_past():
        return event  # its webhook went out long ago
    fault = faults.draw_for_event(event_type)
    copies = min(fault.argument or 2, COPIES_AT_MOST) if fault.action == "duplicate" else 1
    due_at = moment + fault.delay if fault.action == "delay" else moment
    for _ in range(copies):
        Delivery.objects.create(
            event=event,
            status=Delivery.Status.LOST if fault.action == "lose" else Delivery.Status.WAITING,
            due_at=due_at,
            first_due_at=due_at,
            waits_for_later=fault.action == "reorder",
            fault=fault.action,
        )
    transaction.on_commit(nudge.worker)
    return event
