"""Reviews for the pages of a contract, and as everybody reads them, with what they rest on."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Avg, Count, Q

from marketplace.accounts.models import Party
from marketplace.contracts.models import Contract, Review, Side
from marketplace.contracts.models.review import ASPECTS
from marketplace.core.actor import Actor
from marketplace.core.errors import NotFound

SHOWN_AT_MOST = 20
LEAST = 3  # below it one can tell whose stars they are, and an average says nothing


@dataclass(frozen=True, slots=True)
class Reviews:
    """Published ones about a party: `count` of all, the newest of them, and the averages when there are enough."""

    count: int
    averages: Sequence[tuple[str, float]]
    newest: Sequence[Review]


def reviews_about(party: Party) -> Reviews:
    """Of an agency: those about its anchors' work under contracts that it was a side of."""
    about = Q(party=party) | Q(contract__agency=party, side=Side.MERCHANT)
    found = Review.objects.published().filter(about)
    sums = found.aggregate(count=Count("id"), **{name: Avg(name) for name in ASPECTS})
    enough = sums["count"] >= LEAST
    newest = found.select_related("contract__merchant", "contract__anchor").order_by("-published_at", "-id")
    return Reviews(
        count=sums["count"],
        averages=[(ASPECTS[name], round(float(sums[name]), 1)) for name in ASPECTS] if enough else [],
        newest=list(newest[:SHOWN_AT_MOST]),
    )


def reviews_of(actor: Actor, contract: Contract) -> dict[str, Review]:
    """By the side that writes: one's own always, the other's once it is published."""
    found = contract.reviews.visible_to(actor)
    return {one.side: one for one in found}


def get_review(public_id: str) -> Review:
    """A published one, which is everybody's. Raises NotFound."""
    related = ("contract__merchant", "contract__anchor", "party")
    try:
        return Review.objects.published().select_related(*related).get(public_id=public_id)
    except Review.DoesNotExist:
        raise NotFound from None
