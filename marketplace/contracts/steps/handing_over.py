"""When a seat goes to another anchor: opened by agreement or an absence, carried out when both contracts are ready."""

from collections.abc import Sequence

from marketplace.contracts.events import AmendmentInForce
from marketplace.contracts.machine import ABSENCE, AMENDMENT
from marketplace.contracts.models import Absence, Amendment, Contract, Deliverable, Handover
from marketplace.contracts.steps.amending import stop_amendment_clocks
from marketplace.contracts.steps.handover import is_ready, pass_on
from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.core.record import record
from marketplace.core.tx import step


@step
def open_handover(
    contract: Contract, successor: Contract, *, amendment: Amendment | None = None, absence: Absence | None = None
) -> Handover:
    """After an absence that stands nobody on the first side has to agree any more."""
    return Handover.objects.create(
        contract=contract,
        successor=successor,
        amendment=amendment,
        absence=absence,
        agreed_at=clock.now() if absence else None,
        opened_at=clock.now(),
    )


@step
def let_go(handover: Handover, work: Sequence[Deliverable], *, by: Actor) -> None:
    """All of the first side have signed: it passes on at once, or when the other contract is signed by all."""
    handover.agreed_at = clock.now()
    handover.save(update_fields=["agreed_at"])
    if is_ready(handover):
        carry_on(handover, work, by=by)
        return
    amendment = handover.amendment
    AMENDMENT.fire(amendment, "await_successor")
    amendment.save(update_fields=["state"])
    stop_amendment_clocks(amendment)


@step
def carry_on(handover: Handover, work: Sequence[Deliverable], *, by: Actor) -> None:
    """Both are ready: the funds move, and what led to it is closed."""
    pass_on(handover, work, by=by)
    if handover.absence is not None and ABSENCE.can(handover.absence, "settle"):
        ABSENCE.fire(handover.absence, "settle")
        handover.absence.closed_at = clock.now()
        handover.absence.save(update_fields=["state", "closed_at"])
    if (amendment := handover.amendment) is None:
        return
    move = AMENDMENT.fire(amendment, "take_effect")
    amendment.in_force_at = clock.now()
    amendment.save(update_fields=["state", "in_force_at"])
    stop_amendment_clocks(amendment)
    contract = handover.contract
    effect = AmendmentInForce(
        aggregate=contract.public_id, amendment=amendment.public_id, number=amendment.number, subject=contract.subject
    )
    record(effect, by=by, move=move)
