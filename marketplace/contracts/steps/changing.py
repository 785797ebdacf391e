"""Asking for changes: of a free round, and of one that was bought."""

from marketplace.contracts.events import ChangesRequested
from marketplace.contracts.machine import DELIVERABLE
from marketplace.contracts.models import Deliverable
from marketplace.contracts.steps.clocks import REVIEW, REVIEW_REMIND, start_changes_clock, stop_clocks
from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.core.record import record
from marketplace.core.tx import step


@step
def ask_for_changes(deliverable: Deliverable, words: str, *, by: Actor, bought: bool = False) -> None:
    """A round is used, and the review is over until it is handed in again. Raises IllegalTransition."""
    move = DELIVERABLE.fire(deliverable, "request_changes")
    deliverable.rounds_used += 1
    deliverable.review_by = None
    deliverable.save(update_fields=["state", "rounds_used", "rounds_allowed", "review_by"])
    last = deliverable.submissions.order_by("-number").first()
    last.asked, last.asked_at = words.strip(), clock.now()
    last.save(update_fields=["asked", "asked_at"])
    stop_clocks(deliverable, REVIEW, *REVIEW_REMIND)
    start_changes_clock(deliverable)
    asked = ChangesRequested(aggregate=deliverable.public_id, round=deliverable.rounds_used, bought=bought)
    record(asked, by=by, move=move)
