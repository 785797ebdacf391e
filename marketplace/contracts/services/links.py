"""What came of opening a link ourselves, and what is asked when a page is gone."""

from datetime import datetime, timedelta

from marketplace.contracts.errors import NothingSaid
from marketplace.contracts.events import LinkOpened, StayUpAsked, StayUpChecked, StayUpClosed
from marketplace.contracts.link_failures import BAD_MOMENTS, GONE
from marketplace.contracts.machine import STAY_UP_QUESTION, DeliverableState, StayUpState
from marketplace.contracts.models import Deliverable, StayUpQuestion
from marketplace.contracts.policies import CONTRACT_POLICY, ContractAction
from marketplace.contracts.steps.clocks import STAY_UP
from marketplace.contracts.steps.locks import lock_deliverable
from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.core.errors import NotFound
from marketplace.core.record import record
from marketplace.core.timers.schedule import cancel, schedule
from marketplace.core.tx import use_case

ANSWER_WITHIN = timedelta(hours=72)
STAY_UP_SILENCE = "stay_up_question.silence"
AGAIN_AFTER_A_BAD_MOMENT = timedelta(hours=6)


@use_case
def note_submission_link(*, actor: Actor, public_id: str, number: int, failure: str) -> None:
    """What opening the link of a submission came to; the first look counts, one that comes again changes nothing."""
    deliverable = _lock(actor, public_id)
    submission = deliverable.submissions.get(number=number)
    if submission.link_opened_at or submission.link_failure:
        return
    submission.link_opened_at = None if failure else clock.now()
    submission.link_failure = failure
    submission.save(update_fields=["link_opened_at", "link_failure"])
    record(LinkOpened(aggregate=public_id, failure=failure), by=actor)


@use_case
def note_published_link(*, actor: Actor, public_id: str, link: str, failure: str, due_at: datetime) -> None:
    """What opening a published page came to. `due_at` is when that look was asked for, so that it counts once."""
    deliverable = _lock(actor, public_id)
    if deliverable.link != link or (deliverable.link_looked_at and deliverable.link_looked_at >= due_at):
        return
    deliverable.link_looked_at, deliverable.link_failure = clock.now(), failure
    deliverable.link_misses = deliverable.link_misses + 1 if failure else 0
    if not failure:
        deliverable.link_seen_at = deliverable.link_looked_at
    deliverable.save(update_fields=["link_looked_at", "link_failure", "link_misses", "link_seen_at"])
    if deliverable.state != DeliverableState.VERIFIED:
        record(LinkOpened(aggregate=public_id, failure=failure), by=actor)
        return
    record(StayUpChecked(aggregate=public_id, failure=failure), by=actor)
    if not failure:
        _close_open_question(deliverable, actor)
    elif failure in GONE or deliverable.link_misses >= BAD_MOMENTS:
        _ask(deliverable, failure, actor)
    else:
        schedule(STAY_UP, public_id, due_at=clock.now() + AGAIN_AFTER_A_BAD_MOMENT)


@use_case
def answer_stay_up(*, actor: Actor, public_id: str, words: str) -> StayUpQuestion:
    """The anchor's side says what became of it; the merchant is told.

    Raises NotFound, Forbidden, NothingSaid, IllegalTransition.
    """
    place = StayUpQuestion.objects.visible_to(actor).filter(public_id=public_id)
    deliverable_id = place.values_list("deliverable__public_id", flat=True).first()
    if deliverable_id is None:
        raise NotFound
    deliverable = lock_deliverable(actor, deliverable_id)
    CONTRACT_POLICY.authorise(actor, ContractAction.SUBMIT, deliverable.contract)
    if not words.strip():
        raise NothingSaid
    question = deliverable.stay_up_questions.get(public_id=public_id)
    STAY_UP_QUESTION.fire(question, "answer")
    question.words, question.by_id, question.closed_at = words.strip(), actor.user_id, clock.now()
    question.save(update_fields=["state", "words", "by", "closed_at"])
    cancel(STAY_UP_SILENCE, public_id)
    record(StayUpClosed(aggregate=deliverable_id, question=public_id, how="answered"), by=actor)
    return question


def _lock(actor: Actor, public_id: str) -> Deliverable:
    CONTRACT_POLICY.authorise(actor, ContractAction.LOOK)
    return lock_deliverable(actor, public_id)


def _ask(deliverable: Deliverable, failure: str, by: Actor) -> None:
    """Once for each time that it went away: whoever has answered, or kept silent, is not asked the same again."""
    asked = deliverable.stay_up_questions.all()
    if deliverable.link_seen_at is not None:
        asked = asked.filter(asked_at__gte=deliverable.link_seen_at)
    if asked.exists():
        return
    question = StayUpQuestion.objects.create(
        deliverable=deliverable, failure=failure, answer_by=clock.now() + ANSWER_WITHIN
    )
    schedule(STAY_UP_SILENCE, question.public_id, due_at=question.answer_by)
    record(StayUpAsked(aggregate=deliverable.public_id, question=question.public_id, failure=failure), by=by)


def _close_open_question(deliverable: Deliverable, by: Actor) -> None:
    question = deliverable.stay_up_questions.filter(state=StayUpState.OPEN).first()
    if question is None:
        return
    STAY_UP_QUESTION.fire(question, "see_again")
    question.closed_at = clock.now()
    question.save(update_fields=["state", "closed_at"])
    cancel(STAY_UP_SILENCE, question.public_id)
    record(StayUpClosed(aggregate=deliverable.public_id, question=question.public_id, how="seen_again"), by=by)
