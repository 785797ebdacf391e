from marketplace.accounts.events import ExportRequested
from marketplace.accounts.services.privacy import make_export
from marketplace.core.actor import Actor
from marketplace.core.models import Event
from marketplace.core.outbox.registry import handles


@handles(ExportRequested, reaches_outside=True)
def make_requested_export(event: Event) -> None:
    """Slow work: not inside the transaction that marks the delivery."""
    make_export(actor=Actor.system("exports"), public_id=event.aggregate)
