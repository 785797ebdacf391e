"""A dispute about one deliverable: opened, answered, taken back. Its amount stands still, nothing else does."""

from marketplace.contracts.errors import NothingToDispute
from marketplace.contracts.events import CancellationClosed, DisputeAnswered, DisputeOpened
from marketplace.contracts.machine import CANCELLATION, CONTRACT, DISPUTE, CancellationState, ContractState
from marketplace.contracts.models import Cancellation, Contract, Dispute
from marketplace.contracts.policies import CONTRACT_POLICY, ContractAction
from marketplace.contracts.steps.clocks import stop_clocks
from marketplace.contracts.steps.dispute_clocks import (
    REPLY_DAYS,
    business_days,
    start_mediation_clock,
    start_reply_clock,
    stop_dispute_clocks,
)
from marketplace.contracts.steps.disputing import add_proposal, lock_dispute, take_back
from marketplace.contracts.steps.ending import CANCEL_SILENCE, side_of
from marketplace.contracts.steps.extra_rounds import disputed_minor, lapse_asked_round
from marketplace.contracts.steps.locks import lock_deliverable
from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.core.errors import Forbidden
from marketplace.core.locks import lock
from marketplace.core.record import record
from marketplace.core.timers.schedule import cancel as stop_timer
from marketplace.core.tx import use_case


@use_case
def open_dispute(*, actor: Actor, deliverable_public_id: str, words: str, anchor_bp: int) -> Dispute:
    """Freeze what a deliverable releases, bought rounds included, and say what happened; `anchor_bp` is the share asked
    for the anchor, which the other side may accept.

    Raises NothingToDispute, IllegalTransition, Forbidden.
    """
    deliverable = lock_deliverable(actor, deliverable_public_id)
    contract = deliverable.contract
    CONTRACT_POLICY.authorise(actor, ContractAction.DISPUTE, contract)
    amount_minor = disputed_minor(deliverable)
    if not deliverable.is_open or not amount_minor:
        raise NothingToDispute
    _end_cancellation(contract, actor)
    move = CONTRACT.fire(contract, "dispute")
    contract.save(update_fields=["state"])
    stop_clocks(deliverable)
    lapse_asked_round(deliverable, by=actor)
    dispute = Dispute.objects.create(
        contract=contract,
        deliverable=deliverable,
        side=side_of(actor, contract),
        by_id=actor.user_id,
        amount_minor=amount_minor,
        anchor_bp=anchor_bp,
        words=words.strip(),
        opened_at=clock.now(),
        reply_by=business_days(contract, REPLY_DAYS),
    )
    add_proposal(dispute, dispute.side, by=actor, anchor_bp=anchor_bp)
    start_reply_clock(dispute)
    event = DisputeOpened(
        aggregate=contract.public_id,
        dispute=dispute.public_id,
        amount_minor=dispute.amount_minor,
        currency=contract.currency,
    )
    record(event, by=actor, move=move)
    return dispute


@use_case
def answer_dispute(*, actor: Actor, public_id: str, words: str, anchor_bp: int) -> Dispute:
    """The other side's account, with the split that it would accept: mediation begins, for 30 days at most.

    Raises Forbidden, IllegalTransition.
    """
    contract, dispute = lock_dispute(actor, public_id)
    CONTRACT_POLICY.authorise(actor, ContractAction.DISPUTE, contract)
    side = side_of(actor, contract)
    if side == dispute.side:
        raise Forbidden(action="answer_dispute")
    DISPUTE.fire(dispute, "reply")
    dispute.reply, dispute.reply_bp, dispute.replied_at = words.strip(), anchor_bp, clock.now()
    add_proposal(dispute, side, by=actor, anchor_bp=anchor_bp)
    stop_dispute_clocks(dispute)
    start_mediation_clock(dispute)
    dispute.save()
    record(DisputeAnswered(aggregate=contract.public_id, dispute=public_id), by=actor)
    return dispute


@use_case
def withdraw_dispute(*, actor: Actor, public_id: str) -> Contract:
    """The filer takes it back before it is decided: the clocks of its work run again, in full.

    Raises Forbidden, IllegalTransition.
    """
    contract, dispute = lock_dispute(actor, public_id)
    CONTRACT_POLICY.authorise(actor, ContractAction.DISPUTE, contract)
    if side_of(actor, contract) != dispute.side:
        raise Forbidden(action="withdraw_dispute")
    take_back(dispute, by=actor)
    return contract


def _end_cancellation(contract: Contract, actor: Actor) -> None:
    """What is disputed is not silently agreed on: a request to end it must be asked anew afterwards."""
    if contract.state != ContractState.CANCEL_REQUESTED:
        return
    open_ones = Cancellation.objects.filter(contract=contract, state=CancellationState.REQUESTED)
    for asked in lock(open_ones, "cancellation"):
        CANCELLATION.fire(asked, "refuse")
        asked.closed_at = clock.now()
        asked.save(update_fields=["state", "closed_at"])
        stop_timer(CANCEL_SILENCE, asked.public_id)
        record(CancellationClosed(aggregate=contract.public_id, how="disputed"), by=actor)
