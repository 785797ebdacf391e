"""Locking a contract, and what is owed under it, in the one order."""

from marketplace.contracts.machine import HandoverState
from marketplace.contracts.models import Amendment, Contract, Deliverable, ExtraRound, Handover
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
def lock_pair(actor: Actor, public_id: str) -> tuple[Contract, Handover | None]:
    """A contract, and the one whose seat it is to take over, in one statement; with what would pass between them.

    Raises NotFound for what the actor may not see.
    """
    waiting = Handover.objects.filter(successor__public_id=public_id, state=HandoverState.WAITING)
    handover = waiting.select_related("contract", "amendment").first()
    if handover is None:
        return lock_contract(actor, public_id), None
    scope = Contract.objects.all() if actor.is_system else Contract.objects.visible_to(actor)
    if not scope.filter(public_id=public_id).exists():
        raise NotFound
    return _both(handover)


@step
def lock_amendment(actor: Actor, public_id: str) -> Amendment:
    """With its contract, which is its lock: what stands there is changed under no other. With it the one that would
    take its seat over. Raises NotFound.
    """
    place = Amendment.objects.filter(public_id=public_id).values_list("contract__public_id", flat=True).first()
    if place is None:
        raise NotFound
    handover = Handover.objects.filter(amendment__public_id=public_id).select_related("contract").first()
    if handover is None:
        contract = lock_contract(actor, place)
        amendment = Amendment.objects.get(public_id=public_id)
        amendment.contract = contract
        return amendment
    scope = Contract.objects.all() if actor.is_system else Contract.objects.visible_to(actor)
    if not scope.filter(public_id=place).exists():
        raise NotFound
    _successor, locked = _both(handover)
    amendment = Amendment.objects.get(public_id=public_id)
    amendment.contract = locked.contract
    locked.amendment = amendment
    amendment.handover = locked
    return amendment


def _both(handover: Handover) -> tuple[Contract, Handover]:
    """Locked by key, so that whichever of the two somebody begins with, the order is one."""
    pair = Contract.objects.filter(pk__in=(handover.contract_id, handover.successor_id))
    contracts = {one.pk: one for one in lock(pair.select_related(*SIDES), "contract")}
    handover.refresh_from_db(fields=["state", "agreed_at"])
    handover.contract, handover.successor = contracts[handover.contract_id], contracts[handover.successor_id]
    if handover.amendment_id is not None:
        handover.amendment = Amendment.objects.get(pk=handover.amendment_id)
        handover.amendment.contract = handover.contract
    return handover.successor, handover
