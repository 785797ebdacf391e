"""Reads about further rounds of changes."""

from marketplace.contracts.machine import ExtraRoundState
from marketplace.contracts.models import Contract, Deliverable, ExtraRound
from marketplace.core.actor import Actor
from marketplace.core.errors import NotFound


def get_round(actor: Actor, public_id: str) -> ExtraRound:
    """Raises NotFound for another's."""
    related = [f"deliverable__contract__{side}" for side in ("merchant", "anchor", "agency")]
    try:
        return ExtraRound.objects.visible_to(actor).select_related(*related).get(public_id=public_id)
    except ExtraRound.DoesNotExist:
        raise NotFound from None


def rounds_of(deliverable: Deliverable) -> list[ExtraRound]:
    """All that were ever asked for, oldest first; each knows its deliverable."""
    found = list(deliverable.extra_rounds.order_by("id"))
    for one in found:
        one.deliverable = deliverable
    return found


def asked_round(rounds: list[ExtraRound]) -> ExtraRound | None:
    """The one that waits for its money."""
    return next((one for one in rounds if one.state == ExtraRoundState.ASKED), None)


def asked_rounds(contract: Contract) -> list[ExtraRound]:
    """Those that wait for their money; each knows its deliverable."""
    if contract.extra_round is None:
        return []
    waiting = ExtraRound.objects.filter(deliverable__contract=contract, state=ExtraRoundState.ASKED)
    found = list(waiting.select_related("deliverable").order_by("id"))
    for one in found:
        one.deliverable.contract = contract
    return found


def bought_rounds(contract: Contract) -> list[ExtraRound]:
    """Those that were paid, whatever became of them, oldest first."""
    if contract.extra_round is None:
        return []
    paid = ExtraRound.objects.filter(deliverable__contract=contract).exclude(paid_at=None)
    found = list(paid.select_related("deliverable").order_by("id"))
    for one in found:
        one.deliverable.contract = contract
    return found
