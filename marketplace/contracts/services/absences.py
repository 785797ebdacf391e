"""The anchor did not come to a live: said by the merchant, answered by her side, and what follows when it stands."""

from datetime import date

from marketplace.contracts.errors import AbsenceReportedAlready, NotAbsentYet
from marketplace.contracts.events import AbsenceAnswered, AbsenceReported
from marketplace.contracts.kill_fee import Stage
from marketplace.contracts.machine import ABSENCE, CANCELLATION, CONTRACT, AbsenceState, ContractState, DeliverableState
from marketplace.contracts.models import Absence, Cancellation, Contract, Side
from marketplace.contracts.policies import CONTRACT_POLICY, ContractAction
from marketplace.contracts.steps.absences import ABSENCE_SILENCE, ANSWER_WITHIN, lock_absence, stand
from marketplace.contracts.steps.ending import carry_out, cost_of_lateness
from marketplace.contracts.steps.locks import lock_deliverable
from marketplace.contracts.steps.releasing import require_unfrozen
from marketplace.contracts.steps.working import lock_work
from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.core.errors import IllegalTransition
from marketplace.core.record import record
from marketplace.core.timers.schedule import cancel, schedule
from marketplace.core.tx import use_case

NOT_THERE_YET = (DeliverableState.PLANNED, DeliverableState.OVERDUE)


@use_case
def report_absence(*, actor: Actor, public_id: str, words: str, again_on: date) -> Absence:
    """Say that a live did not take place because the anchor was not there. `again_on`: the day on which another anchor
    could do it.

    Raises NotAbsentYet before the day of the live or when it is shown to have taken place, AbsenceReportedAlready,
    UnderDispute, FundsFrozen, IllegalTransition, Forbidden.
    """
    deliverable = lock_deliverable(actor, public_id)
    contract = deliverable.contract
    CONTRACT_POLICY.authorise(actor, ContractAction.REVIEW, contract)
    if contract.state != ContractState.ACTIVE:
        raise IllegalTransition(machine=CONTRACT.name, state=contract.state, transition="report_absence")
    today = clock.today(contract.deal.time_zone)
    if not deliverable.is_live or deliverable.state not in NOT_THERE_YET or today < deliverable.due_on:
        raise NotAbsentYet
    require_unfrozen(deliverable)
    if deliverable.absences.filter(state__in=[AbsenceState.REPORTED, AbsenceState.STANDS]).exists():
        raise AbsenceReportedAlready
    absence = Absence.objects.create(
        deliverable=deliverable,
        words=words.strip(),
        again_on=max(again_on, today),
        by_id=actor.user_id,
        reported_at=clock.now(),
        answer_by=clock.now() + ANSWER_WITHIN,
    )
    schedule(ABSENCE_SILENCE, absence.public_id, due_at=absence.answer_by)
    reported = AbsenceReported(aggregate=public_id, absence=absence.public_id, answer_by=absence.answer_by.isoformat())
    record(reported, by=actor)
    return absence


@use_case
def answer_absence(*, actor: Actor, public_id: str, was_there: bool, words: str = "") -> Absence:
    """Her side says that she was there, and nothing happens by itself any more; or that she was not, and it stands.

    Raises IllegalTransition once the half hour is over, Forbidden.
    """
    absence = lock_absence(actor, public_id)
    contract = absence.deliverable.contract
    CONTRACT_POLICY.authorise(actor, ContractAction.SUBMIT, contract)
    absence.answer = words.strip()[:1000]
    if not was_there:
        stand(absence, "admit", by=actor)
        return absence
    move = ABSENCE.fire(absence, "contest")
    absence.closed_at = clock.now()
    absence.save(update_fields=["state", "answer", "closed_at"])
    cancel(ABSENCE_SILENCE, absence.public_id)
    answered = AbsenceAnswered(
        aggregate=absence.deliverable.public_id, absence=public_id, how=absence.state, words=absence.answer
    )
    record(answered, by=actor, move=move)
    return absence


@use_case
def withdraw_absence(*, actor: Actor, public_id: str) -> Absence:
    """The merchant takes it back: she came after all. Raises IllegalTransition, Forbidden."""
    absence = lock_absence(actor, public_id)
    CONTRACT_POLICY.authorise(actor, ContractAction.REVIEW, absence.deliverable.contract)
    move = ABSENCE.fire(absence, "withdraw")
    absence.closed_at = clock.now()
    absence.save(update_fields=["state", "closed_at"])
    cancel(ABSENCE_SILENCE, public_id)
    answered = AbsenceAnswered(aggregate=absence.deliverable.public_id, absence=public_id, how=absence.state, words="")
    record(answered, by=actor, move=move)
    return absence


@use_case
def end_for_absence(*, actor: Actor, public_id: str) -> Contract:
    """The absence stands: the merchant ends the contract, and what is not out or kept back goes to where it came from
    (domain: kill fee, anchor absent). Raises IllegalTransition, Forbidden.
    """
    absence = lock_absence(actor, public_id)
    contract = absence.deliverable.contract
    CONTRACT_POLICY.authorise(actor, ContractAction.REVIEW, contract)
    ABSENCE.fire(absence, "settle")
    absence.closed_at = clock.now()
    absence.save(update_fields=["state", "closed_at"])
    work = lock_work(contract)
    CONTRACT.fire(contract, "ask_to_cancel")
    fee = cost_of_lateness(contract, work, Stage.ANCHOR_ABSENT)
    asked = Cancellation.objects.create(
        contract=contract,
        side=Side.MERCHANT,
        by_id=actor.user_id,
        words=absence.words,
        stage=fee.stage,
        rate_bp=fee.rate_bp,
        kill_fee_minor=fee.minor,
        asked_at=clock.now(),
        answer_by=clock.now(),
        closed_at=clock.now(),
    )
    CANCELLATION.fire(asked, "agree")
    asked.save(update_fields=["state"])
    carry_out(contract, asked, work, by=actor, how="anchor_absent")
    return contract
