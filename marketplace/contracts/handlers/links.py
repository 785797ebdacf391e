"""Links are opened by us: what is handed in once, what is published every day that it should stay up."""

from marketplace.contracts.events import StayUpAsked, StayUpClosed, StayUpDue, WorkPublished, WorkSubmitted
from marketplace.contracts.flows.links import look_at_published, open_submission
from marketplace.contracts.handlers.telling import anchor_side_of, day_in, sides, tell, work_of
from marketplace.contracts.models import StayUpQuestion
from marketplace.core.models import Event
from marketplace.core.outbox.registry import handles

CLOSED = {"answered": "stay_up_answered", "silent": "stay_up_silent", "seen_again": "stay_up_seen_again"}


@handles(WorkSubmitted, reaches_outside=True)
def open_what_was_handed_in(event: Event) -> None:
    open_submission(event.aggregate, event.data["number"])


@handles(WorkPublished, StayUpDue, reaches_outside=True)
def look_at_what_is_out(event: Event) -> None:
    look_at_published(event.aggregate, due_at=event.at)


@handles(StayUpAsked)
def ask_the_anchor(event: Event) -> None:
    work = work_of(event)
    by = StayUpQuestion.objects.get(public_id=event.data["question"]).answer_by
    tell(work.contract, anchor_side_of(work.contract), "stay_up_asked", work=work.title, by=day_in(work.contract, by))


@handles(StayUpClosed)
def tell_what_became_of_it(event: Event) -> None:
    """An answer and a silence to the merchant; that it was found again to whoever was asked."""
    work, how = work_of(event), event.data["how"]
    contract = work.contract
    parties = {"answered": [contract.merchant], "silent": sides(contract), "seen_again": anchor_side_of(contract)}
    tell(contract, parties[how], CLOSED[how], work=work.title)
