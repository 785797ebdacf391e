"""A dispute that the sides did not settle: decided by staff, accepted or appealed, settled by other staff."""

from marketplace.contracts.errors import AlreadyAnswered, DecidedByYou, TimeIsOver
from marketplace.contracts.events import DisputeAppealed, DisputeDecisionAccepted
from marketplace.contracts.machine import DISPUTE, DisputeState
from marketplace.contracts.models import Dispute, DisputeAppeal
from marketplace.contracts.policies import CONTRACT_POLICY, ContractAction
from marketplace.contracts.steps.dispute_clocks import start_settling_clock, stop_dispute_clocks
from marketplace.contracts.steps.disputing import accept_for, carry_out_split, decide, lock_dispute
from marketplace.contracts.steps.ending import side_of
from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.core.errors import IllegalTransition
from marketplace.core.record import record
from marketplace.core.tx import use_case


@use_case
def decide_dispute(*, actor: Actor, public_id: str, anchor_bp: int, reasons: str) -> Dispute:
    """Staff split the frozen amount, with reasons. Nothing moves until the days to appeal are over.

    Raises Forbidden, IllegalTransition.
    """
    contract, dispute = lock_dispute(actor, public_id)
    CONTRACT_POLICY.authorise(actor, ContractAction.DECIDE, contract)
    decide(
        dispute,
        "decide",
        by=actor,
        decided=Dispute.Decided.STAFF,
        anchor_bp=anchor_bp,
        reasons=reasons,
        decided_by=actor.user_id,
    )
    return dispute


@use_case
def accept_decision(*, actor: Actor, public_id: str) -> Dispute:
    """A side accepts the decision, and appeals no more. When both have, the money moves at once.

    Raises Forbidden, AlreadyAnswered, IllegalTransition, FundsFrozen.
    """
    contract, dispute = lock_dispute(actor, public_id)
    CONTRACT_POLICY.authorise(actor, ContractAction.DISPUTE, contract)
    if not DISPUTE.can(dispute, "take_effect"):
        raise IllegalTransition(machine=DISPUTE.name, state=dispute.state, transition="take_effect")
    if accept_for(dispute, side_of(actor, contract)):
        carry_out_split(dispute, "take_effect", by=actor, ended=Dispute.Ended.DECIDED, anchor_bp=dispute.decided_bp)
        return dispute
    dispute.save()
    record(DisputeDecisionAccepted(aggregate=contract.public_id, dispute=public_id), by=actor)
    return dispute


@use_case
def appeal_decision(*, actor: Actor, public_id: str, words: str) -> Dispute:
    """A side does not accept the decision: other staff look at it again. Each side once, until the day that was said.

    Raises Forbidden, AlreadyAnswered, TimeIsOver, IllegalTransition.
    """
    contract, dispute = lock_dispute(actor, public_id)
    CONTRACT_POLICY.authorise(actor, ContractAction.DISPUTE, contract)
    side, was = side_of(actor, contract), dispute.state
    DISPUTE.fire(dispute, "appeal")
    if dispute.accepted_at(side) or dispute.appeals.filter(side=side).exists():
        raise AlreadyAnswered
    if clock.now() >= dispute.appeal_by:
        raise TimeIsOver
    DisputeAppeal.objects.create(dispute=dispute, side=side, by_id=actor.user_id, words=words.strip(), at=clock.now())
    if was == DisputeState.DECIDED:
        stop_dispute_clocks(dispute)
        start_settling_clock(dispute)
    dispute.save()
    record(DisputeAppealed(aggregate=contract.public_id, dispute=public_id, side=side.value), by=actor)
    return dispute


@use_case
def settle_appeal(*, actor: Actor, public_id: str, anchor_bp: int, reasons: str) -> Dispute:
    """Other staff than whoever decided uphold the split or change it. It is final, and the money moves.

    Raises Forbidden, DecidedByYou, IllegalTransition, FundsFrozen.
    """
    contract, dispute = lock_dispute(actor, public_id)
    CONTRACT_POLICY.authorise(actor, ContractAction.DECIDE, contract)
    if dispute.decided_by_id == actor.user_id:
        raise DecidedByYou
    upheld = anchor_bp == dispute.decided_bp
    dispute.settlement, dispute.settled_by_id = reasons.strip(), actor.user_id
    ended = Dispute.Ended.UPHELD if upheld else Dispute.Ended.CHANGED
    carry_out_split(dispute, "settle_appeal", by=actor, ended=ended, anchor_bp=anchor_bp)
    return dispute
