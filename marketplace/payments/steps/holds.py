"""Holding a transfer back, with the reason that its payee sees, and letting it go."""

from datetime import datetime, timedelta

from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.core.record import record
from marketplace.core.timers.schedule import cancel, schedule
from marketplace.core.tx import step
from marketplace.payments.events import TransferHeld, TransferLetGo, TransferRetried
from marketplace.payments.machine import TRANSFER
from marketplace.payments.models import Transfer

LET_GO = "transfer.let_go"
RETRY = "transfer.retry"
OBJECT_WITHIN = timedelta(days=7)


@step
def hold(transfer: Transfer, reason: Transfer.Hold, *, by: Actor, until: datetime | None = None) -> None:
    """Until a moment, or until somebody lets it go. The caller has locked it, or just made it."""
    move = TRANSFER.fire(transfer, "hold")
    transfer.hold, transfer.held_until = reason, until
    transfer.save(update_fields=["state", "hold", "held_until"])
    if until is None:
        cancel(LET_GO, transfer.public_id)
    else:
        schedule(LET_GO, transfer.public_id, due_at=until)
    held = TransferHeld(aggregate=transfer.public_id, hold=reason.value, until=until.isoformat() if until else "")
    record(held, by=by, move=move)


@step
def hold_for_objection(transfer: Transfer, *, by: Actor) -> None:
    """What a clock approved, a merchant who was away may still object to."""
    hold(transfer, Transfer.Hold.OBJECTION, by=by, until=clock.now() + OBJECT_WITHIN)


@step
def let_go(transfer: Transfer, *, by: Actor) -> None:
    """What held it is over. Whether something else holds it is asked when it is taken to the provider."""
    move = TRANSFER.fire(transfer, "let_go")
    transfer.hold, transfer.held_until = "", None
    transfer.save(update_fields=["state", "hold", "held_until"])
    cancel(LET_GO, transfer.public_id)
    record(TransferLetGo(aggregate=transfer.public_id), by=by, move=move)


@step
def retry(transfer: Transfer, *, by: Actor) -> None:
    """Once more, after a definite refusal: under a new key."""
    move = TRANSFER.fire(transfer, "retry")
    transfer.epoch += 1
    transfer.failure = ""
    transfer.save(update_fields=["state", "epoch", "failure"])
    cancel(RETRY, transfer.public_id)
    record(TransferRetried(aggregate=transfer.public_id), by=by, move=move)
