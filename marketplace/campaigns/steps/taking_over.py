"""From an absence that stands to another anchor's contract."""

from datetime import date

from marketplace.campaigns.errors import NotWaiting
from marketplace.campaigns.machine import WAITING
from marketplace.campaigns.models import Application, StandbyCall, VTask
from marketplace.campaigns.steps.standby import call_next
from marketplace.contracts.errors import AnotherTakesOver
from marketplace.contracts.machine import AbsenceState, ContractState, HandoverState
from marketplace.contracts.models import Absence, Contract
from marketplace.contracts.steps.handing_over import open_handover
from marketplace.contracts.steps.handover import draft_successor, left_of
from marketplace.contracts.steps.working import lock_work
from marketplace.core.actor import Actor
from marketplace.core.tx import step


@step
def call_for(task: VTask, absence: Absence, *, by: Actor) -> StandbyCall | None:
    """Ask the next one, while the absence stands and its contract runs. The caller has locked task and contract."""
    contract = absence.deliverable.contract
    if not is_open(absence) or is_being_taken_over(contract):
        return None
    return call_next(
        task,
        contract=contract.public_id,
        absence=absence.public_id,
        again_on=absence.again_on,
        most_minor=left_of(contract, lock_work(contract)).gross_minor,
        by=by,
    )


@step
def take_over(call: StandbyCall, absence: Absence, *, by: Actor) -> Contract:
    """Raises NotWaiting, AnotherTakesOver, CapTooHigh. The caller has locked application and contract."""
    if not is_open(absence):
        raise NotWaiting
    contract = absence.deliverable.contract
    successor = successor_for(contract, call.application, fee_minor=call.fee_minor, again_on=call.again_on, by=by)
    open_handover(contract, successor, absence=absence)
    return successor


@step
def successor_for(
    contract: Contract, application: Application, *, fee_minor: int, again_on: date, by: Actor
) -> Contract:
    """A contract for her, of what is still owed. Raises NotWaiting, AnotherTakesOver, CapTooHigh, SelfDealing."""
    if application.state not in WAITING or application.contract:
        raise NotWaiting
    if is_being_taken_over(contract):
        raise AnotherTakesOver
    successor = draft_successor(
        contract,
        lock_work(contract),
        anchor=application.anchor,
        seat=application.public_id,
        scope=application.task.scope,
        fee_minor=fee_minor,
        again_on=again_on,
        by=by,
    )
    application.contract = successor.public_id
    application.save(update_fields=["contract"])
    return successor


def is_open(absence: Absence) -> bool:
    contract = absence.deliverable.contract
    return absence.state == AbsenceState.STANDS and contract.state == ContractState.ACTIVE


def is_being_taken_over(contract: Contract) -> bool:
    return contract.handovers.filter(state=HandoverState.WAITING).exists()
