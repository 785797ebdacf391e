"""Every day that something should stay up we look; and when a question about it was not answered."""

from marketplace.contracts.events import StayUpClosed, StayUpDue
from marketplace.contracts.machine import STAY_UP_QUESTION, DeliverableState
from marketplace.contracts.models import StayUpQuestion
from marketplace.contracts.services.links import STAY_UP_SILENCE
from marketplace.contracts.steps.clocks import STAY_UP, STAY_UP_EVERY
from marketplace.contracts.steps.locks import lock_deliverable
from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.core.record import record
from marketplace.core.timers.registry import on_timer
from marketplace.core.timers.schedule import schedule


@on_timer(STAY_UP)
def look_again(aggregate: str, actor: Actor) -> None:
    """The look itself reaches outside, so it follows from the event. Complete contracts are looked after too."""
    deliverable = lock_deliverable(actor, aggregate)
    last_day = deliverable.stay_up_until
    if deliverable.state != DeliverableState.VERIFIED or clock.today(deliverable.contract.deal.time_zone) > last_day:
        return
    schedule(STAY_UP, aggregate, due_at=clock.now() + STAY_UP_EVERY)
    record(StayUpDue(aggregate=aggregate), by=actor)


@on_timer(STAY_UP_SILENCE)
def note_silence(aggregate: str, actor: Actor) -> None:
    """72 hours without an answer: both sides are told, and nothing else follows."""
    place = StayUpQuestion.objects.values_list("deliverable__public_id", flat=True).get(public_id=aggregate)
    question = lock_deliverable(actor, place).stay_up_questions.get(public_id=aggregate)
    if not STAY_UP_QUESTION.can(question, "pass_over"):
        return
    STAY_UP_QUESTION.fire(question, "pass_over")
    question.closed_at = clock.now()
    question.save(update_fields=["state", "closed_at"])
    record(StayUpClosed(aggregate=place, question=aggregate, how="silent"), by=actor)
