"""What the sides of an ended contract say of each other, without knowing what the other says."""

from marketplace.contracts.errors import TimeIsOver
from marketplace.contracts.events import ReviewAnswered, ReviewWritten
from marketplace.contracts.machine import REVIEW, ReviewState
from marketplace.contracts.models import Review
from marketplace.contracts.models.review import ASPECTS
from marketplace.contracts.policies import CONTRACT_POLICY, ContractAction
from marketplace.contracts.steps.ending import side_of
from marketplace.contracts.steps.locks import lock_contract
from marketplace.contracts.steps.reviewing import lock_reviews, publish_reviews
from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.core.errors import Forbidden, IllegalTransition, NotFound
from marketplace.core.record import record
from marketplace.core.tx import use_case


@use_case
def write_review(*, actor: Actor, contract_public_id: str, stars: dict[str, int], words: str) -> Review:
    """Once, within seven days of the end; it is never edited. When the other side has written, too, both are published.

    `stars` from 1 to 5 by the names of `ASPECTS`. Raises NotFound, Forbidden, TimeIsOver, IllegalTransition.
    """
    contract = lock_contract(actor, contract_public_id)
    CONTRACT_POLICY.authorise(actor, ContractAction.RATE, contract)
    reviews = lock_reviews(contract)
    mine = next((one for one in reviews if one.side == side_of(actor, contract)), None)
    if mine is None:
        raise NotFound
    REVIEW.fire(mine, "write")
    if clock.now() >= mine.write_by:
        raise TimeIsOver
    for name in ASPECTS:
        setattr(mine, name, stars[name])
    mine.words, mine.by_id, mine.written_at = words.strip(), actor.user_id, clock.now()
    mine.save()
    record(ReviewWritten(aggregate=contract_public_id, side=mine.side), by=actor)
    if all(one.state == ReviewState.WRITTEN for one in reviews):
        publish_reviews(contract, reviews, by=actor)
    return mine


@use_case
def answer_review(*, actor: Actor, public_id: str, words: str) -> Review:
    """Whoever it is about answers what is published, once. Raises NotFound, Forbidden, IllegalTransition."""
    place = Review.objects.published().filter(public_id=public_id).values_list("contract__public_id", flat=True)
    found = place.first()
    if found is None:
        raise NotFound
    contract = lock_contract(actor, found)
    CONTRACT_POLICY.authorise(actor, ContractAction.RATE, contract)
    review = next(one for one in lock_reviews(contract) if one.public_id == public_id)
    if side_of(actor, contract) == review.side:
        raise Forbidden(action="answer_review")
    if review.answer:
        raise IllegalTransition(machine=REVIEW.name, state=review.state, transition="answer")
    review.answer, review.answered_by_id, review.answered_at = words.strip(), actor.user_id, clock.now()
    review.save(update_fields=["answer", "answered_by", "answered_at"])
    record(ReviewAnswered(aggregate=contract.public_id, review=public_id), by=actor)
    return review
