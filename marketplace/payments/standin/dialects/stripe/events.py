"""Stripe's events: v1 with a snapshot of the object, v2 thin, with a reference that the receiver follows."""

from marketplace.payments.standin.dialects.stripe import schemas
from marketplace.payments.standin.dialects.stripe.objects.common import iso, unix
from marketplace.payments.standin.engine import channels
from marketplace.payments.standin.models import Delivery, Event

SIGNATURE_HEADER, AGENT = "Stripe-Signature", "Stripe/1.0 (+https://stripe.com/docs/webhooks)"


def register() -> None:
    """Say how the acquirer's channels are sent."""
    for name in (channels.ACQUIRER, channels.CONNECTED):
        channels.open_for(name, channels.Channel(SIGNATURE_HEADER, AGENT, write))
    channels.open_for(channels.THIN, channels.Channel(SIGNATURE_HEADER, AGENT, write_notification))


def write(row: Event) -> dict:
    """`event`: with the object as it was when it happened."""
    waiting = row.deliveries.filter(status=Delivery.Status.WAITING).count()
    event = {
        "id": row.id,
        "object": "event",
        "api_version": schemas.version(),
        "created": unix(row.created_at),
        "data": {"object": row.object},
        "livemode": False,
        "pending_webhooks": waiting,
        "request": {
            "id": row.cause.get("request"),
            "idempotency_key": row.cause.get("idempotency_key") or None,
        },
        "type": row.type,
    }
    return event | ({"account": row.account} if row.account else {})


def write_thin(row: Event) -> dict:
    """`v2.core.event`, as it is fetched; `data` is there only where the type has some."""
    event = {
        "id": row.id,
        "object": "v2.core.event",
        "changes": None,
        "context": None,
        "created": iso(row.created_at),
        "livemode": False,
        "reason": _reason(row),
        "related_object": {
            "id": row.account,
            "type": "v2.core.account",
            "url": f"/v2/core/accounts/{row.account}",
        },
        "snapshot_event": None,
        "type": row.type,
    }
    return event | ({"data": row.object} if row.object else {})


def write_notification(row: Event) -> dict:
    """A thin event as it is sent: without what may have changed by the time it arrives."""
    return {name: value for name, value in write_thin(row).items() if name not in ("changes", "data")}


def _reason(row: Event) -> dict | None:
    if not row.cause:
        return None
    request = {"id": row.cause["request"], "idempotency_key": row.cause["idempotency_key"]}
    return {"type": "request", "request": request}
