"""Approval and verification: what a person and the clock both do, with the money that follows."""

from datetime import timedelta

from marketplace.contracts.events import WorkApproved, WorkVerified
from marketplace.contracts.machine import DELIVERABLE
from marketplace.contracts.models import Deliverable
from marketplace.contracts.steps.clocks import (
    REVIEW,
    REVIEW_REMIND,
    VERIFY,
    VERIFY_REMIND,
    start_publishing_clock,
    start_stay_up_clock,
    stop_clocks,
)
from marketplace.contracts.steps.extra_rounds import lapse_asked_round, release_rounds
from marketplace.contracts.steps.releasing import kept_back_minor, release_what_is_due
from marketplace.contracts.steps.working import complete_when_done
from marketplace.contracts.terms import ReleasesOn
from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.core.record import record
from marketplace.core.tx import step
from marketplace.payments.models import Transfer
from marketplace.payments.steps.holds import hold_for_objection


@step
def approve_work(deliverable: Deliverable, *, by: Actor, by_clock: bool) -> None:
    move = DELIVERABLE.fire(deliverable, "approve")
    deliverable.approved_at, deliverable.approved_by_clock = clock.now(), by_clock
    deliverable.review_by = None
    deliverable.save(update_fields=["state", "approved_at", "approved_by_clock", "review_by"])
    stop_clocks(deliverable, REVIEW, *REVIEW_REMIND)
    lapse_asked_round(deliverable, by=by)
    record(WorkApproved(aggregate=deliverable.public_id, by_clock=by_clock), by=by, move=move)
    if deliverable.releases_on == ReleasesOn.APPROVED:
        _release(deliverable, by=by, by_clock=by_clock)
        complete_when_done(deliverable.contract, by=by)
    else:
        start_publishing_clock(deliverable)


@step
def verify_work(deliverable: Deliverable, *, by: Actor, by_clock: bool) -> None:
    contract = deliverable.contract
    move = DELIVERABLE.fire(deliverable, "verify")
    deliverable.verified_at, deliverable.verified_by_clock = clock.now(), by_clock
    deliverable.verify_by = None
    published_on = clock.day_of(deliverable.published_at, contract.deal.time_zone)
    deliverable.stay_up_until = published_on + timedelta(days=contract.deal.stay_up_days)
    deliverable.save(update_fields=["state", "verified_at", "verified_by_clock", "verify_by", "stay_up_until"])
    stop_clocks(deliverable, VERIFY, *VERIFY_REMIND)
    record(WorkVerified(aggregate=deliverable.public_id, by_clock=by_clock), by=by, move=move)
    _release(deliverable, by=by, by_clock=by_clock or deliverable.approved_by_clock)
    if contract.deal.stay_up_days and (deliverable.link or kept_back_minor(deliverable)):
        start_stay_up_clock(deliverable)
    complete_when_done(contract, by=by)


def _release(deliverable: Deliverable, *, by: Actor, by_clock: bool) -> list[Transfer]:
    """What the clock made payable can be objected to for seven days: it waits so long."""
    transfers = release_what_is_due(deliverable, by=by, by_clock=by_clock)
    transfers += release_rounds(deliverable, by=by, by_clock=by_clock)
    if by_clock:
        for transfer in transfers:
            hold_for_objection(transfer, by=by)
    return transfers
