"""Everything that the page of one deal shows."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from marketplace.contracts.events import StayUpChecked, StayUpDue
from marketplace.contracts.machine import AT_WORK, ContractState
from marketplace.contracts.models import Contract, Deliverable, Dispute, Submission
from marketplace.contracts.selectors.contracts import get_contract, list_contracts
from marketplace.contracts.selectors.next_step import NextStep, next_step
from marketplace.core.actor import Actor
from marketplace.core.errors import NotFound
from marketplace.core.models import Event
from marketplace.core.record import timeline
from marketplace.payments.selectors.chargebacks import frozen_among

# A look every day that found everything in its place would bury what happened.
UNREMARKABLE = Q(name=StayUpDue.name) | Q(name=StayUpChecked.name, data__failure="")


@dataclass(frozen=True, slots=True)
class Room:
    contract: Contract
    work: Sequence[Deliverable]
    step: NextStep | None


def get_room(actor: Actor, public_id: str) -> Room:
    return _room(get_contract(actor, public_id), frozen_among([public_id]))


def list_running(actor: Actor, limit: int) -> list[Room]:
    """Deals of the party that the actor acts for in which something is still to be done, the newest first."""
    running = [ContractState.AWAITING_FUNDS, *AT_WORK]
    contracts = list_contracts(actor).filter(state__in=running).prefetch_related("deliverables")[:limit]
    frozen = frozen_among(contract.public_id for contract in contracts)
    return [_room(contract, frozen) for contract in contracts]


def _room(contract: Contract, frozen: set[str]) -> Room:
    work = sorted(contract.deliverables.all(), key=lambda one: one.place)
    for one in work:
        one.contract = contract
    return Room(contract, work, next_step(contract, work, frozen=contract.public_id in frozen))


def get_deliverable(actor: Actor, public_id: str) -> Deliverable:
    """Raises NotFound for another's."""
    related = ("contract__merchant", "contract__anchor", "contract__agency")
    try:
        return Deliverable.objects.visible_to(actor).select_related(*related).get(public_id=public_id)
    except Deliverable.DoesNotExist:
        raise NotFound from None


def submissions_of(deliverable: Deliverable) -> list[Submission]:
    """Newest first, with their remarks and who wrote them: two queries."""
    remarks = "remarks__by", "remarks__party"
    return list(deliverable.submissions.select_related("by").prefetch_related(*remarks).order_by("-number"))


def get_dispute(actor: Actor, public_id: str) -> Dispute:
    related = ("contract__merchant", "contract__anchor", "contract__agency", "deliverable", "by", "decided_by")
    try:
        return Dispute.objects.visible_to(actor).select_related(*related).get(public_id=public_id)
    except Dispute.DoesNotExist:
        raise NotFound from None


def list_disputes(contract: Contract) -> list[Dispute]:
    """Of a contract that the actor was found to see, newest first."""
    found = list(contract.disputes.select_related("deliverable").order_by("-id"))
    for one in found:
        one.contract = contract
    return found


def history_of(contract: Contract) -> QuerySet[Event]:
    """What happened to the contract and to each thing owed under it, oldest first."""
    aggregates = [contract.public_id, *contract.deliverables.values_list("public_id", flat=True)]
    events = Event.objects.filter(aggregate__in=aggregates).exclude(UNREMARKABLE)
    return events.select_related("actor").order_by("id")


def history_of_work(deliverable: Deliverable) -> QuerySet[Event]:
    """What happened to one thing, oldest first."""
    return timeline(deliverable.public_id).exclude(UNREMARKABLE)
