"""Ending a contract before its end: by agreement, by silence, because nothing came, or before it was paid."""

from datetime import timedelta

from marketplace.contracts.errors import NothingToCancel, NotLateEnough
from marketplace.contracts.events import CancellationClosed, CancellationRequested, ContractCancelled
from marketplace.contracts.kill_fee import KillFee
from marketplace.contracts.machine import CANCELLATION, CONTRACT, CancellationState, ContractState, DeliverableState
from marketplace.contracts.models import Cancellation, Contract, Deliverable, Side
from marketplace.contracts.policies import CONTRACT_POLICY, ContractAction
from marketplace.contracts.steps.clocks import AFTER_DUE, stop_funding_clock
from marketplace.contracts.steps.ending import CANCEL_SILENCE, carry_out, cost_of_ending, cost_of_lateness, side_of
from marketplace.contracts.steps.locks import lock_contract
from marketplace.contracts.steps.working import complete_when_done, lock_work
from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.core.errors import Forbidden, IllegalTransition
from marketplace.core.locks import lock
from marketplace.core.record import record
from marketplace.core.timers.schedule import cancel as stop_timer
from marketplace.core.timers.schedule import schedule
from marketplace.core.tx import use_case

ANSWER_WITHIN = timedelta(hours=72)


@use_case
def ask_to_cancel(*, actor: Actor, public_id: str, words: str) -> Cancellation:
    """Ask the other side to end it. What it costs is frozen now. 72 hours of silence agree.

    Raises NothingToCancel, IllegalTransition, Forbidden.
    """
    contract = lock_contract(actor, public_id)
    CONTRACT_POLICY.authorise(actor, ContractAction.CANCEL, contract)
    work = lock_work(contract)
    if not any(one.is_open for one in work):
        raise NothingToCancel
    side = side_of(actor, contract)
    fee = cost_of_ending(contract, work, side)
    move = CONTRACT.fire(contract, "ask_to_cancel")
    contract.save(update_fields=["state"])
    asked = _row(contract, side, actor, words, fee, answer_by=clock.now() + ANSWER_WITHIN)
    schedule(CANCEL_SILENCE, asked.public_id, due_at=asked.answer_by)
    event = CancellationRequested(
        aggregate=public_id, side=side.value, kill_fee_minor=fee.minor, currency=contract.currency
    )
    record(event, by=actor, move=move)
    return asked


@use_case
def answer_cancellation(*, actor: Actor, public_id: str, agree: bool) -> Contract:
    """The other side agrees, and the money goes as it was shown; or it refuses, and the contract goes on."""
    contract, asked, work = _lock_open(actor, public_id)
    if side_of(actor, contract) == asked.side:
        raise Forbidden(action="answer_cancellation")
    if agree:
        CANCELLATION.fire(asked, "agree")
        _close(asked)
        carry_out(contract, asked, work, by=actor, how="agreed")
    else:
        CANCELLATION.fire(asked, "refuse")
        _close(asked)
        _go_on(contract, actor, "refused")
    return contract


@use_case
def withdraw_cancellation(*, actor: Actor, public_id: str) -> Contract:
    """Whoever asked takes it back: the contract goes on."""
    contract, asked, _work = _lock_open(actor, public_id)
    if side_of(actor, contract) != asked.side:
        raise Forbidden(action="withdraw_cancellation")
    CANCELLATION.fire(asked, "withdraw")
    _close(asked)
    _go_on(contract, actor, "withdrawn")
    return contract


@use_case
def call_off(*, actor: Actor, public_id: str) -> Contract:
    """Before it is paid either side may step back; nothing is owed."""
    contract = lock_contract(actor, public_id)
    CONTRACT_POLICY.authorise(actor, ContractAction.CANCEL, contract)
    move = CONTRACT.fire(contract, "call_off")
    contract.closed_at = clock.now()
    contract.save(update_fields=["state", "closed_at"])
    stop_funding_clock(contract)
    for one in lock_work(contract):
        one.state = DeliverableState.VOID
        one.save(update_fields=["state"])
    event = ContractCancelled(
        aggregate=public_id,
        subject=contract.subject,
        how="called_off",
        kill_fee_minor=0,
        refunded_minor=0,
        currency=contract.currency,
    )
    record(event, by=actor, move=move)
    return contract


@use_case
def end_for_lateness(*, actor: Actor, public_id: str, words: str) -> Contract:
    """Nothing came 72 hours after it fell due: the merchant ends it and gets everything unsettled back.

    Raises NotLateEnough.
    """
    contract = lock_contract(actor, public_id)
    CONTRACT_POLICY.authorise(actor, ContractAction.CANCEL, contract)
    if side_of(actor, contract) != Side.MERCHANT:
        raise Forbidden(action="end_for_lateness")
    work = lock_work(contract)
    late = [one for one in work if one.state == DeliverableState.OVERDUE]
    if not any(one.overdue_at + AFTER_DUE <= clock.now() for one in late):
        raise NotLateEnough
    if contract.state != ContractState.ACTIVE:
        raise IllegalTransition(machine=CONTRACT.name, state=contract.state, transition="cancel")
    CONTRACT.fire(contract, "ask_to_cancel")
    fee = cost_of_lateness(contract, work)
    asked = _row(contract, Side.MERCHANT, actor, words, fee, answer_by=clock.now())
    CANCELLATION.fire(asked, "agree")
    _close(asked)
    carry_out(contract, asked, work, by=actor, how="anchor_late")
    return contract


def _row(contract: Contract, side: Side, actor: Actor, words: str, fee: KillFee, *, answer_by) -> Cancellation:
    return Cancellation.objects.create(
        contract=contract,
        side=side,
        by_id=actor.user_id,
        words=words.strip(),
        stage=fee.stage,
        rate_bp=fee.rate_bp,
        kill_fee_minor=fee.minor,
        asked_at=clock.now(),
        answer_by=answer_by,
    )


def _close(asked: Cancellation) -> None:
    asked.closed_at = clock.now()
    asked.save(update_fields=["state", "closed_at"])
    stop_timer(CANCEL_SILENCE, asked.public_id)


def _go_on(contract: Contract, actor: Actor, how: str) -> None:
    move = CONTRACT.fire(contract, "go_on")
    contract.save(update_fields=["state"])
    record(CancellationClosed(aggregate=contract.public_id, how=how), by=actor, move=move)
    complete_when_done(contract, by=actor)


def _lock_open(actor: Actor, public_id: str) -> tuple[Contract, Cancellation, list[Deliverable]]:
    contract = lock_contract(actor, public_id)
    CONTRACT_POLICY.authorise(actor, ContractAction.CANCEL, contract)
    work = lock_work(contract)
    found = lock(Cancellation.objects.filter(contract=contract, state=CancellationState.REQUESTED), "cancellation")
    if not found:
        raise IllegalTransition(machine=CANCELLATION.name, state="closed", transition="answer")
    found[0].contract = contract
    return contract, found[0], work
