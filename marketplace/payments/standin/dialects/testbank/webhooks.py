"""How the test bank's events are written and signed."""

from marketplace.payments.standin.engine import channels, snapshots
from marketplace.payments.standin.models import Event

SIGNATURE_HEADER = "Mooring-Bank-Signature"


def event(row: Event) -> dict:
    """An event as it is sent and as the API lists it."""
    return {
        "id": row.id,
        "type": row.type,
        "created_at": snapshots.instant(row.created_at),
        "object": row.object,
    }


def register() -> None:
    """Called once, when the process starts."""
    channel = channels.Channel(signature_header=SIGNATURE_HEADER, agent="MooringTestBank/1", write=event)
    channels.open_for(channels.TESTBANK, channel)
