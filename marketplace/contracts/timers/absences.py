"""Half an hour after a live was said to have failed for want of its anchor, and nobody has said otherwise."""

from marketplace.contracts.machine import AbsenceState, ContractState
from marketplace.contracts.steps.absences import ABSENCE_SILENCE, lock_absence, stand
from marketplace.core.actor import Actor
from marketplace.core.timers.registry import on_timer


@on_timer(ABSENCE_SILENCE)
def take_silence_for_a_yes(aggregate: str, actor: Actor) -> None:
    absence = lock_absence(actor, aggregate)
    if absence.state == AbsenceState.REPORTED and absence.deliverable.contract.state == ContractState.ACTIVE:
        stand(absence, "pass_over", by=actor)
