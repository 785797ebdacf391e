"""When a contract has ended its sides are asked what they say of each other; both are told when it is published."""

from marketplace.contracts.events import (
    ContractCancelled,
    ContractCompleted,
    ReviewAnswered,
    ReviewsPublished,
    ReviewsReminded,
    ReviewWritten,
)
from marketplace.contracts.handlers.telling import anchor_side_of, day_in, get, others, sides, tell
from marketplace.contracts.machine import ReviewState
from marketplace.contracts.models import Contract, Side
from marketplace.contracts.steps.locks import lock_contract
from marketplace.contracts.steps.reviewing import open_reviews
from marketplace.core.actor import Actor, Source
from marketplace.core.models import Event
from marketplace.core.outbox.registry import handles

SYSTEM = Actor.system("contracts", Source.SYSTEM)


@handles(ContractCompleted)
def ask_when_complete(event: Event) -> None:
    ask(event)


@handles(ContractCancelled)
def ask_when_ended_early(event: Event) -> None:
    ask(event)


def ask(event: Event) -> None:
    contract = lock_contract(SYSTEM, event.aggregate)
    if contract.reviews.exists():
        return
    open_reviews(contract)
    opened = contract.reviews.first()
    if opened is not None:
        tell_of_reviews(contract, "review_to_write", until=day_in(contract, opened.write_by))


@handles(ReviewsReminded)
def remind_of_reviews(event: Event) -> None:
    contract = get(event.aggregate)
    for review in contract.reviews.filter(state=ReviewState.OPEN):
        parties = [contract.merchant] if review.side == Side.MERCHANT else anchor_side_of(contract)
        tell(contract, parties, "review_soon", until=day_in(contract, review.write_by))


@handles(ReviewWritten)
def tell_review_written(event: Event) -> None:
    """That, and not what: it is read when both are there, or when the days are over."""
    contract = get(event.aggregate)
    if contract.reviews.filter(state=ReviewState.OPEN).exists():
        tell(contract, others(contract, event), "review_written")


@handles(ReviewsPublished)
def tell_reviews_published(event: Event) -> None:
    contract = get(event.aggregate)
    tell_of_reviews(contract, "review_published")


@handles(ReviewAnswered)
def tell_review_answered(event: Event) -> None:
    contract = get(event.aggregate)
    tell(contract, others(contract, event), "review_answered")


def tell_of_reviews(contract: Contract, kind: str, **more: object) -> None:
    tell(contract, sides(contract), kind, **more)
