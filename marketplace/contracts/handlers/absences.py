"""An absence at a live, and a seat that goes to another anchor: whoever it concerns is told."""

from marketplace.accounts.models import Party
from marketplace.contracts.events import (
    AbsenceAnswered,
    AbsenceReported,
    AbsenceStands,
    AmendmentClosed,
    ContractHandedOver,
    ContractLapsed,
)
from marketplace.contracts.handlers.telling import anchor_side_of, facts, get, others, readers, sides, tell, work_of
from marketplace.contracts.machine import AMENDMENT, ContractState, HandoverState
from marketplace.contracts.models import Absence, Deliverable, Handover
from marketplace.contracts.services.signing import lapse
from marketplace.contracts.steps.amending import close
from marketplace.contracts.steps.handover import drop
from marketplace.contracts.steps.locks import lock_pair
from marketplace.core.actor import Actor, Source
from marketplace.core.models import Event
from marketplace.core.outbox.registry import handles
from marketplace.notifications.steps.notify import notify

SYSTEM = Actor.system("contracts", Source.SYSTEM)
ANSWERED = {"contested": "absence_contested", "withdrawn": "absence_withdrawn"}


@handles(AbsenceReported)
def ask_whether_she_was_there(event: Event) -> None:
    one = work_of(event)
    absence = Absence.objects.get(public_id=event.data["absence"])
    minutes = int((absence.answer_by - absence.reported_at).total_seconds() // 60)
    _tell(one, anchor_side_of(one.contract), "absence_reported", minutes=minutes)


@handles(AbsenceAnswered)
def tell_the_other_side(event: Event) -> None:
    one = work_of(event)
    _tell(one, others(one.contract, event), ANSWERED[event.data["how"]])


@handles(AbsenceStands)
def tell_that_it_stands(event: Event) -> None:
    one = work_of(event)
    _tell(one, sides(one.contract), "absence_stands")


@handles(ContractHandedOver)
def tell_of_the_handover(event: Event) -> None:
    """The side that leaves hears it of its contract, the one that takes over of hers."""
    contract, successor = get(event.aggregate), get(event.data["successor"])
    tell(contract, sides(contract), "contract_handed_over", name=successor.anchor.name)


@handles(ContractLapsed)
def drop_what_nobody_signed(event: Event) -> None:
    """The one who would have taken over did not sign: the first contract stays as it is."""
    found = Handover.objects.filter(successor__public_id=event.aggregate, state=HandoverState.WAITING).first()
    if found is None:
        return
    _contract, handover = lock_pair(SYSTEM, event.aggregate)
    if handover is None or handover.state != HandoverState.WAITING:
        return
    drop(handover)
    if handover.amendment is not None and AMENDMENT.can(handover.amendment, "overtake"):
        close(handover.amendment, "overtake", by=SYSTEM)


@handles(AmendmentClosed)
def let_the_successor_lapse(event: Event) -> None:
    """The sides did not agree on it: nobody is bound by the contract that was to take over."""
    found = (
        Handover.objects.filter(amendment__public_id=event.data["amendment"], state=HandoverState.WAITING)
        .select_related("successor")
        .first()
    )
    if found is None:
        return
    contract, handover = lock_pair(SYSTEM, found.successor.public_id)
    if handover is None or handover.state != HandoverState.WAITING:
        return
    drop(handover)
    if contract.state in {ContractState.SIGNING, ContractState.AWAITING_FUNDS}:
        lapse(contract, "lapse", by=SYSTEM, how="unsigned")


def _tell(one: Deliverable, parties: list[Party], kind: str, **more: object) -> None:
    """With the way to where it is answered."""
    said = facts(one.contract) | {"work": one.title} | more
    for party in parties:
        notify(readers(party), kind, facts=said, path=f"/work/{one.public_id}/absence/", party=party)
