"""The clocks of a deliverable: due, review, verification, stay-up. What is disputed stands still."""

from datetime import timedelta
from functools import partial

from marketplace.contracts.events import ApprovalPutOff, StayedUp, WorkLate, WorkOverdue, WorkReminded
from marketplace.contracts.machine import AT_WORK, DELIVERABLE, DeliverableState
from marketplace.contracts.models import Deliverable
from marketplace.contracts.selectors import missing_for_approval
from marketplace.contracts.steps.clocks import (
    DUE,
    DUE_REMIND,
    LATE,
    REVIEW,
    REVIEW_REMIND,
    STAYED_UP,
    VERIFY,
    VERIFY_REMIND,
    put_review_off,
    start_late_clock,
)
from marketplace.contracts.steps.finishing import approve_work, verify_work
from marketplace.contracts.steps.locks import lock_deliverable
from marketplace.contracts.steps.releasing import is_frozen, release_what_was_kept_back
from marketplace.contracts.steps.working import complete_when_done
from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.core.record import record
from marketplace.core.timers.registry import on_timer


def running(aggregate: str, actor: Actor) -> Deliverable | None:
    """The deliverable, locked, if its contract is at work and nobody disputes it."""
    deliverable = lock_deliverable(actor, aggregate)
    return deliverable if deliverable.contract.state in AT_WORK and not is_frozen(deliverable) else None


@on_timer(DUE)
def fall_due(aggregate: str, actor: Actor) -> None:
    deliverable = running(aggregate, actor)
    if deliverable is None or not DELIVERABLE.can(deliverable, "fall_due"):
        return
    move = DELIVERABLE.fire(deliverable, "fall_due")
    deliverable.overdue_at = clock.now()
    deliverable.save(update_fields=["state", "overdue_at"])
    start_late_clock(deliverable)
    record(WorkOverdue(aggregate=aggregate), by=actor, move=move)


@on_timer(LATE)
def tell_that_it_may_end(aggregate: str, actor: Actor) -> None:
    """72 hours overdue. Whether the contract ends is the merchant's to say."""
    deliverable = running(aggregate, actor)
    if deliverable is not None and deliverable.state == DeliverableState.OVERDUE:
        record(WorkLate(aggregate=aggregate), by=actor)


@on_timer(REVIEW)
def approve_by_clock(aggregate: str, actor: Actor) -> None:
    """Silence approves, but only when everything that guards it holds; else it asks again a day later."""
    deliverable = running(aggregate, actor)
    if deliverable is None or deliverable.state != DeliverableState.SUBMITTED:
        return
    if missing := missing_for_approval(deliverable):
        put_review_off(deliverable)
        deliverable.save(update_fields=["review_by"])
        record(ApprovalPutOff(aggregate=aggregate, missing=missing), by=actor)
        return
    approve_work(deliverable, by=actor, by_clock=True)


@on_timer(VERIFY)
def verify_by_clock(aggregate: str, actor: Actor) -> None:
    """72 hours after it was published nobody has said that it is not there."""
    deliverable = running(aggregate, actor)
    if deliverable is not None and deliverable.state == DeliverableState.PUBLISHED:
        verify_work(deliverable, by=actor, by_clock=True)


@on_timer(STAYED_UP)
def stay_up_is_over(aggregate: str, actor: Actor) -> None:
    deliverable = running(aggregate, actor)
    if deliverable is None or deliverable.state != DeliverableState.VERIFIED:
        return
    record(StayedUp(aggregate=aggregate), by=actor)
    release_what_was_kept_back(deliverable, by=actor)
    complete_when_done(deliverable.contract, by=actor)


def remind(aggregate: str, actor: Actor, *, what: str, state: DeliverableState, before: timedelta) -> None:
    deliverable = running(aggregate, actor)
    if deliverable is not None and deliverable.state == state:
        hours = int(before.total_seconds() // 3600)
        record(WorkReminded(aggregate=aggregate, what=what, hours_left=hours), by=actor)


on_timer(DUE_REMIND)(partial(remind, what="due", state=DeliverableState.PLANNED, before=timedelta(hours=24)))
for kind, before in REVIEW_REMIND.items():
    on_timer(kind)(partial(remind, what="review", state=DeliverableState.SUBMITTED, before=before))
for kind, before in VERIFY_REMIND.items():
    on_timer(kind)(partial(remind, what="verify", state=DeliverableState.PUBLISHED, before=before))
