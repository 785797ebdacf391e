"""Claims deliveries and carries them out."""

import logging
import traceback
from datetime import datetime, timedelta

from django.db import connection, transaction

from marketplace.core import clock
from marketplace.core.models import Delivery
from marketplace.core.models.delivery import DeliveryState
from marketplace.core.outbox.registry import handler
from marketplace.core.redaction import redact
from marketplace.core.tx import use_case

logger = logging.getLogger(__name__)

LEASE = timedelta(seconds=60)  # longer than the slowest handler's own timeout
MAX_ATTEMPTS = 19  # with the backoff below, a day: longer than a provider remembers a key with the fault it answered
BATCH = 50

# Only pending rows are in the partial index, so the scan is as long as the work.
CLAIM = """
UPDATE core_delivery SET leased_until = %(until)s, attempts = attempts + 1
WHERE id IN (
    SELECT id FROM core_delivery
    WHERE state = 'pending' AND due_at <= %(now)s AND (leased_until IS NULL OR leased_until < %(now)s)
      AND (%(since)s::timestamptz IS NULL OR due_at > %(since)s OR handler LIKE 'marketplace.media%%')
    ORDER BY due_at, id LIMIT %(batch)s FOR UPDATE SKIP LOCKED
)
RETURNING id
"""


def relay(batch: int = BATCH, *, since: datetime | None = None) -> int:
    """Deliver what is due. Returns how many were tried; the caller comes again while that is not nought.

    With `since`, what is older is left to whoever tells the past, but for pictures, which are drawn all the same.
    """
    claimed = claim(batch, since)
    for delivery_id in claimed:
        deliver(delivery_id)
    return len(claimed)


def claim(batch: int, since: datetime | None = None) -> list[int]:
    now = clock.now()
    with transaction.atomic(durable=True), connection.cursor() as cursor:
        cursor.execute(CLAIM, {"now": now, "until": now + LEASE, "batch": batch, "since": since})
        return sorted(row[0] for row in cursor.fetchall())


def deliver(delivery_id: int) -> None:
    """One delivery. A failure is written down and tried again later; it never stops the others."""
    delivery = Delivery.objects.select_related("event").get(pk=delivery_id)
    try:
        target = handler(delivery.handler)
        if target.reaches_outside:
            target.function(delivery.event)
            mark_done(delivery_id)
        else:
            handle_and_mark_done(delivery_id)
    except Exception:
        logger.exception("delivery %s to %s failed", delivery_id, delivery.handler)
        put_off(delivery_id, redact(traceback.format_exc(limit=-5)))


@use_case
def handle_and_mark_done(delivery_id: int) -> None:
    delivery = Delivery.objects.select_for_update(of=("self",)).select_related("event").get(pk=delivery_id)
    if delivery.state != DeliveryState.PENDING:
        return
    handler(delivery.handler).function(delivery.event)
    _done(delivery_id)


@use_case
def mark_done(delivery_id: int) -> None:
    _done(delivery_id)


def _done(delivery_id: int) -> None:
    Delivery.objects.filter(pk=delivery_id).update(
        state=DeliveryState.DONE, done_at=clock.now(), leased_until=None, error=""
    )


@use_case
def put_off(delivery_id: int, error: str) -> None:
    delivery = Delivery.objects.select_for_update().get(pk=delivery_id)
    if delivery.state != DeliveryState.PENDING:
        return
    delivery.error = error
    delivery.leased_until = None
    delivery.due_at = clock.now() + backoff(delivery.attempts)
    if delivery.attempts >= MAX_ATTEMPTS:
        delivery.state = DeliveryState.DEAD
    delivery.save(update_fields=["error", "leased_until", "due_at", "state"])


@use_case
def retry_dead(delivery_id: int) -> None:
    """A person looked at it and wants it tried again."""
    Delivery.objects.filter(pk=delivery_id, state=DeliveryState.DEAD).update(
        state=DeliveryState.PENDING, attempts=0, due_at=clock.now(), leased_until=None
    )


def backoff(attempts: int) -> timedelta:
    """2, 4, 8 … seconds, at most four hours."""
    return timedelta(seconds=min(2**attempts, 4 * 3600))
