"""What silence says to a request to end a contract."""

from datetime import timedelta

from marketplace.contracts.machine import CANCELLATION, CancellationState
from marketplace.contracts.models import Cancellation, Contract
from marketplace.contracts.steps.ending import CANCEL_SILENCE, carry_out
from marketplace.contracts.steps.locks import lock_contract
from marketplace.contracts.steps.releasing import funds_are_frozen
from marketplace.contracts.steps.working import lock_work
from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.core.locks import lock
from marketplace.core.timers.registry import on_timer
from marketplace.core.timers.schedule import schedule

ASK_AGAIN = timedelta(days=1)


@on_timer(CANCEL_SILENCE)
def silence_agrees(aggregate: str, actor: Actor) -> None:
    """72 hours without an answer: it ends as it was shown."""
    contract = lock_contract(actor, Contract.objects.get(cancellations__public_id=aggregate).public_id)
    work = lock_work(contract)
    if funds_are_frozen(contract):  # what it agrees to cannot be carried out yet
        schedule(CANCEL_SILENCE, aggregate, due_at=clock.now() + ASK_AGAIN)
        return
    for asked in lock(Cancellation.objects.filter(public_id=aggregate), "cancellation"):
        if asked.state != CancellationState.REQUESTED:
            continue
        CANCELLATION.fire(asked, "pass_over")
        asked.closed_at = clock.now()
        asked.save(update_fields=["state", "closed_at"])
        carry_out(contract, asked, work, by=actor, how="silence")
