"""Reviews through their days: opened when a contract has ended, published together, or when the days are over."""

from datetime import timedelta

from marketplace.contracts.events import ReviewsPublished
from marketplace.contracts.machine import REVIEW, ReviewState
from marketplace.contracts.models import Contract, Review, Side
from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.core.locks import lock
from marketplace.core.record import record
from marketplace.core.timers.schedule import cancel, schedule
from marketplace.core.tx import step

WRITE_WITHIN = timedelta(days=7)  # Sharetribe
REVIEWS_OVER = "review.over"
REVIEWS_REMIND = "review.remind"


@step
def open_reviews(contract: Contract) -> None:
    """Once, for both sides, when money was protected: the caller has locked the contract."""
    if contract.funded_at is None or contract.reviews.exists():
        return
    write_by = clock.now() + WRITE_WITHIN
    about = {Side.MERCHANT: contract.anchor_id, Side.ANCHOR: contract.merchant_id}
    for side, party_id in about.items():
        Review.objects.create(contract=contract, side=side, party_id=party_id, write_by=write_by)
    schedule(REVIEWS_OVER, contract.public_id, due_at=write_by)
    schedule(REVIEWS_REMIND, contract.public_id, due_at=write_by - timedelta(days=1))


@step
def lock_reviews(contract: Contract) -> list[Review]:
    found = lock(Review.objects.filter(contract=contract), "review")
    for review in found:
        review.contract = contract
    return found


@step
def publish_reviews(contract: Contract, reviews: list[Review], *, by: Actor) -> None:
    """What is written is shown, both at one moment; what is not lapses."""
    published = 0
    for review in reviews:
        if review.state == ReviewState.WRITTEN:
            REVIEW.fire(review, "publish")
            review.published_at = clock.now()
            published += 1
        elif review.state == ReviewState.OPEN:
            REVIEW.fire(review, "lapse")
        review.save(update_fields=["state", "published_at"])
    for kind in (REVIEWS_OVER, REVIEWS_REMIND):
        cancel(kind, contract.public_id)
    if published:
        record(ReviewsPublished(aggregate=contract.public_id, published=published), by=by)
