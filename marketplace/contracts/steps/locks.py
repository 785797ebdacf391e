"""Locking a contract, and what is owed under it, in the one order."""

from marketplace.contracts.models import Amendment, Contract, Deliverable, ExtraRound
from marketplace.core.actor import Actor
from marketplace.core.errors import NotFound
from marketplace.core.locks import lock
from marketplace.core.tx import step

SIDES = ("merchant__legal_entity", "anchor__legal_entity", "agency__legal_entity")


@step
def lock_contract(actor: Actor, public_id: str) -> Contract:
    """Raises NotFound for what the actor may not see. The clock sees all."""
    scope = Contract.objects.all() if actor.is_system else Contract.objects.visible_to(actor)
    found = lock(scope.filter(public_id=public_id).select_related(*SIDES), "contract")
    if not found:
        raise NotFound
    return found[0]


@step
def lock_deliverable(actor: Actor, public_id: str) -> Deliverable:
    """With its contract, locked first."""
    place = Deliverable.objects.filter(public_id=public_id).values_list("contract__public_id", flat=True).first()
    if place is None:
        raise NotFound
    contract = lock_contract(actor, place)
    deliverable = lock(Deliverable.objects.filter(public_id=public_id), "deliverable")[0]
    deliverable.contract = contract
    return deliverable


@step
def lock_round(actor: Actor, public_id: str) -> ExtraRound:
    """With its deliverable and its contract, locked first. Raises NotFound."""
    rounds = ExtraRound.objects.filter(public_id=public_id)
    place = rounds.values_list("deliverable__public_id", flat=True).first()
    if place is None:
        raise NotFound
    deliverable = lock_deliverable(actor, place)
    extra_round = lock(rounds, "extra_round")[0]
    extra_round.deliverable = deliverable
    return extra_round


@step
def lock_amendment(actor: Actor, public_id: str) -> Amendment:
    """With its contract, which is its lock: what stands there is changed under no other. Raises NotFound."""
    place = Amendment.objects.filter(public_id=public_id).values_list("contract__public_id", flat=True).first()
    if place is None:
        raise NotFound
    contract = lock_contract(actor, place)
    amendment = Amendment.objects.get(public_id=public_id)
    amendment.contract = contract
    return amendment
