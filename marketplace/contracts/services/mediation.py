"""Before a dispute is decided: splits that the sides or the mediator propose, and what is accepted of them."""

from marketplace.contracts.errors import AlreadyAnswered, TooLateToPropose
from marketplace.contracts.events import DisputeProposalAccepted, DisputeProposalClosed, DisputeSplitProposed
from marketplace.contracts.machine import DISPUTE, DISPUTE_PROPOSAL
from marketplace.contracts.models import Contract, Dispute, DisputeProposal, Side
from marketplace.contracts.models.dispute_talk import MEDIATOR
from marketplace.contracts.policies import CONTRACT_POLICY, ContractAction
from marketplace.contracts.steps.dispute_clocks import (
    OF_A_PROPOSAL,
    PROPOSAL_DAYS,
    business_days,
    start_proposal_clock,
    stop_dispute_clocks,
)
from marketplace.contracts.steps.disputing import (
    accept_for,
    add_proposal,
    carry_out_split,
    close_proposal,
    lock_dispute,
)
from marketplace.contracts.steps.ending import side_of
from marketplace.core.actor import Actor
from marketplace.core.errors import Forbidden, IllegalTransition, NotFound
from marketplace.core.record import record
from marketplace.core.tx import use_case


@use_case
def propose_split(*, actor: Actor, public_id: str, anchor_bp: int, words: str) -> Dispute:
    """A side proposes another split, in place of the one that it proposed before; the other may accept it.

    Raises Forbidden, IllegalTransition.
    """
    contract, dispute = lock_dispute(actor, public_id)
    CONTRACT_POLICY.authorise(actor, ContractAction.DISPUTE, contract)
    DISPUTE.fire(dispute, "offer_split")
    made = add_proposal(dispute, side_of(actor, contract), by=actor, anchor_bp=anchor_bp, words=words)
    _record(dispute, made, actor)
    return dispute


@use_case
def propose_as_mediator(*, actor: Actor, public_id: str, anchor_bp: int, reasons: str) -> Dispute:
    """Staff propose a split; both sides have five business days to accept it, within the days of mediation.

    Raises TooLateToPropose, Forbidden, IllegalTransition.
    """
    contract, dispute = lock_dispute(actor, public_id)
    CONTRACT_POLICY.authorise(actor, ContractAction.DECIDE, contract)
    DISPUTE.fire(dispute, "propose")
    answer_by = business_days(contract, PROPOSAL_DAYS)
    if answer_by >= dispute.mediate_by:
        raise TooLateToPropose
    dispute.save(update_fields=["state"])
    made = add_proposal(dispute, MEDIATOR, by=actor, anchor_bp=anchor_bp, words=reasons, answer_by=answer_by)
    start_proposal_clock(dispute, answer_by)
    _record(dispute, made, actor)
    return dispute


@use_case
def accept_proposal(*, actor: Actor, public_id: str) -> Dispute:
    """What the other side proposes is settled at once, and the money moves; what the mediator proposes, when both sides
    have accepted it. It cannot be appealed.

    Raises NotFound, Forbidden, AlreadyAnswered, IllegalTransition, FundsFrozen.
    """
    contract, dispute, proposal, side = _lock_proposal(actor, public_id)
    if proposal.side == side:
        raise Forbidden(action="accept_proposal")
    if not (proposal.is_standing and DISPUTE.can(dispute, "agree")):
        raise IllegalTransition(machine="dispute_proposal", state=proposal.state, transition="accept")
    both = accept_for(proposal, side) if proposal.is_mediators else True
    if not both:
        proposal.save()
        event = DisputeProposalAccepted(
            aggregate=contract.public_id, dispute=dispute.public_id, proposal=proposal.public_id
        )
        record(event, by=actor)
        return dispute
    close_proposal(proposal, "accept")
    carry_out_split(dispute, "agree", by=actor, ended=Dispute.Ended.AGREED, anchor_bp=proposal.anchor_bp)
    return dispute


@use_case
def refuse_proposal(*, actor: Actor, public_id: str) -> Dispute:
    """A side refuses what the mediator proposes: our staff decide, unless the sides agree before.

    Raises NotFound, Forbidden, AlreadyAnswered, IllegalTransition.
    """
    contract, dispute, proposal, side = _lock_proposal(actor, public_id)
    if not proposal.is_mediators:
        raise Forbidden(action="refuse_proposal")
    if proposal.accepted_at(side):
        raise AlreadyAnswered
    if not DISPUTE_PROPOSAL.can(proposal, "refuse"):
        raise IllegalTransition(machine="dispute_proposal", state=proposal.state, transition="refuse")
    DISPUTE.fire(dispute, "refuse")
    dispute.save(update_fields=["state"])
    close_proposal(proposal, "refuse")
    stop_dispute_clocks(dispute, *OF_A_PROPOSAL)
    event = DisputeProposalClosed(
        aggregate=contract.public_id, dispute=dispute.public_id, proposal=proposal.public_id, how="refused"
    )
    record(event, by=actor)
    return dispute


def _lock_proposal(actor: Actor, public_id: str) -> tuple[Contract, Dispute, DisputeProposal, Side]:
    """Under the lock of its dispute; by a side."""
    place = DisputeProposal.objects.filter(public_id=public_id).values_list("dispute__public_id", flat=True).first()
    if place is None:
        raise NotFound
    contract, dispute = lock_dispute(actor, place)
    CONTRACT_POLICY.authorise(actor, ContractAction.DISPUTE, contract)
    proposal = DisputeProposal.objects.get(public_id=public_id)
    proposal.dispute = dispute
    return contract, dispute, proposal, side_of(actor, contract)


def _record(dispute: Dispute, made: DisputeProposal, by: Actor) -> None:
    event = DisputeSplitProposed(
        aggregate=dispute.contract.public_id,
        dispute=dispute.public_id,
        proposal=made.public_id,
        side=made.side,
        anchor_bp=made.anchor_bp,
    )
    record(event, by=by)
