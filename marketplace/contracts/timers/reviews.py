"""Seven days after a contract has ended what is written of it is published, whether both have written or one."""

from marketplace.contracts.events import ReviewsReminded
from marketplace.contracts.machine import ReviewState
from marketplace.contracts.steps.locks import lock_contract
from marketplace.contracts.steps.reviewing import REVIEWS_OVER, REVIEWS_REMIND, lock_reviews, publish_reviews
from marketplace.core.actor import Actor
from marketplace.core.record import record
from marketplace.core.timers.registry import on_timer


@on_timer(REVIEWS_OVER)
def days_to_write_are_over(aggregate: str, actor: Actor) -> None:
    contract = lock_contract(actor, aggregate)
    publish_reviews(contract, lock_reviews(contract), by=actor)


@on_timer(REVIEWS_REMIND)
def a_day_left_to_write(aggregate: str, actor: Actor) -> None:
    contract = lock_contract(actor, aggregate)
    if any(one.state == ReviewState.OPEN for one in lock_reviews(contract)):
        record(ReviewsReminded(aggregate=aggregate), by=actor)
