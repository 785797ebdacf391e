"""An absence: locked with its contract, and made to stand by her word or by the clock."""

from datetime import timedelta

from marketplace.contracts.events import AbsenceStands
from marketplace.contracts.machine import ABSENCE
from marketplace.contracts.models import Absence
from marketplace.contracts.steps.locks import lock_deliverable
from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.core.errors import NotFound
from marketplace.core.record import record
from marketplace.core.timers.schedule import cancel
from marketplace.core.tx import step

ABSENCE_SILENCE = "absence.silence"
ANSWER_WITHIN = timedelta(minutes=30)


@step
def lock_absence(actor: Actor, public_id: str) -> Absence:
    """With its contract and its piece of work, which are its lock. Raises NotFound."""
    place = Absence.objects.filter(public_id=public_id).values_list("deliverable__public_id", flat=True).first()
    if place is None:
        raise NotFound
    deliverable = lock_deliverable(actor, place)
    absence = Absence.objects.get(public_id=public_id)
    absence.deliverable = deliverable
    return absence


@step
def stand(absence: Absence, transition: str, *, by: Actor) -> None:
    """Nobody says otherwise: the bench is called, and the merchant may end the contract."""
    move = ABSENCE.fire(absence, transition)
    absence.stands_since = clock.now()
    absence.save(update_fields=["state", "answer", "stands_since"])
    cancel(ABSENCE_SILENCE, absence.public_id)
    record(AbsenceStands(aggregate=absence.deliverable.public_id, absence=absence.public_id), by=by, move=move)
