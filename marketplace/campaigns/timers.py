"""What happens by itself on the way from a task to an agreement; each was announced on the page and in a mail."""

from marketplace.campaigns.events import (
    ApplicationUnanswered,
    OfferReminded,
    VTaskReviewOverdue,
)
from marketplace.campaigns.machine import V_TASK, WAITING, ApplicationState, OfferState, StandbyCallState, VTaskState
from marketplace.campaigns.models import Offer, StandbyCall, VTask
from marketplace.campaigns.services.publishing import REVIEW_OVERDUE
from marketplace.campaigns.steps.candidacy import DECIDE, INVITATION_EXPIRE, OFFER_EXPIRE, OFFER_REMIND, close
from marketplace.campaigns.steps.closing import CLOSE, close_task
from marketplace.campaigns.steps.locks import lock_application, lock_own_task
from marketplace.campaigns.steps.standby import CALL_EXPIRE, close_call
from marketplace.campaigns.steps.taking_over import call_for
from marketplace.contracts.steps.absences import lock_absence
from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.core.machine import values
from marketplace.core.record import record
from marketplace.core.timers.registry import on_timer


@on_timer(CLOSE)
def close_at_deadline(aggregate: str, actor: Actor) -> None:
    task = lock_own_task(actor, aggregate)
    if V_TASK.can(task, "close"):
        close_task(task, by=actor, how="deadline")


@on_timer(REVIEW_OVERDUE)
def tell_staff(aggregate: str, actor: Actor) -> None:
    if VTask.objects.filter(public_id=aggregate, state=VTaskState.IN_REVIEW).exists():
        record(VTaskReviewOverdue(aggregate=aggregate), by=actor)


@on_timer(DECIDE)
def count_as_unanswered(aggregate: str, actor: Actor) -> None:
    """Five days without a decision. The candidate stays; the merchant's record does not forget."""
    application = lock_application(actor, aggregate)
    if application.state in values(WAITING) and application.unanswered_at is None:
        application.unanswered_at = clock.now()
        application.save(update_fields=["unanswered_at"])
        record(ApplicationUnanswered(aggregate=aggregate), by=actor)


@on_timer(INVITATION_EXPIRE)
def expire_invitation(aggregate: str, actor: Actor) -> None:
    application = lock_application(actor, aggregate)
    if application.state == ApplicationState.INVITED:
        close(application, "expire", by=actor, by_side="clock")


@on_timer(OFFER_EXPIRE)
def expire_offer(aggregate: str, actor: Actor) -> None:
    application = lock_application(actor, Offer.objects.get(public_id=aggregate).application.public_id)
    if Offer.objects.get(public_id=aggregate).state == OfferState.OPEN:
        close(application, "expire", by=actor, by_side="clock")


@on_timer(OFFER_REMIND)
def remind_of_offer(aggregate: str, actor: Actor) -> None:
    offer = Offer.objects.select_related("application").get(public_id=aggregate)
    if offer.state == OfferState.OPEN:
        record(OfferReminded(aggregate=offer.application.public_id, offer=aggregate), by=actor)


@on_timer(CALL_EXPIRE)
def ask_the_next_one(aggregate: str, actor: Actor) -> None:
    """Half an hour of silence: whoever is next on the bench is asked."""
    call = StandbyCall.objects.select_related("application").get(public_id=aggregate)
    application = lock_application(actor, call.application.public_id)
    call.refresh_from_db()
    call.application = application
    if call.state == StandbyCallState.OPEN:
        close_call(call, "expire", by=actor)
        call_for(application.task, lock_absence(actor, call.absence), by=actor)
