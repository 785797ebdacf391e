"""The inbox of webhooks: stored once under the provider's own id, processed later, replayable by hand."""

from django.db import IntegrityError, transaction

from marketplace.core import clock
from marketplace.core.actor import Actor, Source
from marketplace.core.locks import lock
from marketplace.core.record import record
from marketplace.core.tx import use_case
from marketplace.payments.answers import ProviderEvent
from marketplace.payments.events import WebhookReceived
from marketplace.payments.machine import InboxState
from marketplace.payments.models import InboxEvent, ProviderCursor
from marketplace.payments.policies import INBOX, InboxAction


@use_case
def receive(*, provider: str, event: ProviderEvent, by_backfill: bool = False) -> bool:
    """Store an event and have it processed. Returns False for one that we already have."""
    try:
        with transaction.atomic():
            stored = InboxEvent.objects.create(
                provider=provider,
                event_id=event.id,
                type=event.type,
                payload=dict(event.payload),
                by_backfill=by_backfill,
            )
    except IntegrityError:
        return False
    actor = Actor.system(f"webhook:{provider}", Source.WEBHOOK)
    record(WebhookReceived(aggregate=stored.public_id, type=event.type), by=actor)
    return True


@use_case
def close(*, public_id: str, ignored: bool) -> None:
    """What it said has had its effect, or is nothing to us (and is kept all the same)."""
    for stored in lock(InboxEvent.objects.filter(public_id=public_id), "message"):
        stored.state = InboxState.IGNORED if ignored else InboxState.PROCESSED
        stored.processed_at = clock.now()
        stored.save(update_fields=["state", "processed_at"])


@use_case
def replay(*, actor: Actor, public_id: str) -> None:
    """Finance wants an event processed once more."""
    INBOX.authorise(actor, InboxAction.REPLAY)
    for stored in lock(InboxEvent.objects.filter(public_id=public_id), "message"):
        stored.state, stored.processed_at = InboxState.RECEIVED, None
        stored.save(update_fields=["state", "processed_at"])
        record(WebhookReceived(aggregate=public_id, type=stored.type), by=actor)


@use_case
def advance_cursor(*, provider: str, last_event: str) -> None:
    ProviderCursor.objects.update_or_create(
        provider=provider, defaults={"last_event": last_event, "read_at": clock.now()}
    )
