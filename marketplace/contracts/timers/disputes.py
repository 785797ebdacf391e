"""The clocks of a dispute. Before each edge those whom it concerns are told; what the edge does is recorded."""

from marketplace.contracts.events import DisputeOverdue, DisputeProposalClosed, DisputeReminded
from marketplace.contracts.machine import DISPUTE, DisputeState
from marketplace.contracts.models import Dispute
from marketplace.contracts.models.dispute_talk import MEDIATOR
from marketplace.contracts.steps.dispute_clocks import (
    APPEAL_OVER,
    APPEAL_REMIND,
    APPEAL_WAITS,
    MEDIATION_OVER,
    MEDIATION_REMIND_1,
    MEDIATION_REMIND_7,
    PROPOSAL_OVER,
    PROPOSAL_REMIND,
    REPLY_REMIND,
    REPLY_SILENCE,
    ask_again_tomorrow,
)
from marketplace.contracts.steps.disputing import (
    carry_out_split,
    close_proposal,
    decide,
    lock_dispute,
    standing_proposals,
)
from marketplace.contracts.steps.releasing import funds_are_frozen
from marketplace.core.actor import Actor
from marketplace.core.record import record
from marketplace.core.timers.registry import on_timer

# Each reminder: what runs out, and in which states it does.
REMINDERS = {
    REPLY_REMIND: ("reply", (DisputeState.AWAITING_REPLY,)),
    MEDIATION_REMIND_7: ("mediation", (DisputeState.MEDIATION, DisputeState.PROPOSAL)),
    MEDIATION_REMIND_1: ("mediation", (DisputeState.MEDIATION, DisputeState.PROPOSAL)),
    PROPOSAL_REMIND: ("proposal", (DisputeState.PROPOSAL,)),
    APPEAL_REMIND: ("appeal", (DisputeState.DECIDED,)),
}


@on_timer(REPLY_SILENCE)
def silence_decides(aggregate: str, actor: Actor) -> None:
    """Five business days without an answer: the filer's split is decided, and can be appealed."""
    _contract, dispute = lock_dispute(actor, aggregate)
    if dispute.state == DisputeState.AWAITING_REPLY:
        silence = Dispute.Decided.SILENCE
        decide(dispute, "pass_over", by=actor, decided=silence, anchor_bp=dispute.anchor_bp)


@on_timer(PROPOSAL_OVER)
def proposal_lapses(aggregate: str, actor: Actor) -> None:
    """Not accepted by both in five business days: our staff decide."""
    _contract, dispute = lock_dispute(actor, aggregate)
    if dispute.state == DisputeState.PROPOSAL:
        _lapse(dispute, actor)


@on_timer(MEDIATION_OVER)
def mediation_ends(aggregate: str, actor: Actor) -> None:
    """30 days: what the mediator last proposed is decided. Nothing was proposed: our desk is told, every day anew, for
    a machine makes up no split of its own."""
    contract, dispute = lock_dispute(actor, aggregate)
    if dispute.state == DisputeState.PROPOSAL:
        _lapse(dispute, actor)
    if dispute.state != DisputeState.MEDIATION:
        return
    last = dispute.proposals.filter(side=MEDIATOR).order_by("-id").first()
    if last is None:
        ask_again_tomorrow(MEDIATION_OVER, dispute)
        record(DisputeOverdue(aggregate=contract.public_id, dispute=aggregate, what="mediation"), by=actor)
        return
    decide(
        dispute,
        "decide",
        by=actor,
        decided=Dispute.Decided.PROPOSAL,
        anchor_bp=last.anchor_bp,
        reasons=last.words,
        decided_by=last.by_id,
    )


@on_timer(APPEAL_OVER)
def decision_takes_effect(aggregate: str, actor: Actor) -> None:
    """Nobody appealed: the money goes as it was decided; while the payer's bank holds it, it is tried again."""
    contract, dispute = lock_dispute(actor, aggregate)
    if dispute.state != DisputeState.DECIDED:
        return
    if funds_are_frozen(contract):
        ask_again_tomorrow(APPEAL_OVER, dispute)
        return
    carry_out_split(dispute, "take_effect", by=actor, ended=Dispute.Ended.DECIDED, anchor_bp=dispute.decided_bp)


@on_timer(APPEAL_WAITS)
def appeal_waits(aggregate: str, actor: Actor) -> None:
    contract, dispute = lock_dispute(actor, aggregate)
    if dispute.state == DisputeState.APPEALED:
        ask_again_tomorrow(APPEAL_WAITS, dispute)
        record(DisputeOverdue(aggregate=contract.public_id, dispute=aggregate, what="appeal"), by=actor)


def _remind(kind: str) -> None:
    what, states = REMINDERS[kind]

    @on_timer(kind)
    def remind(aggregate: str, actor: Actor) -> None:
        contract, dispute = lock_dispute(actor, aggregate)
        if dispute.state in states:
            record(DisputeReminded(aggregate=contract.public_id, dispute=aggregate, what=what), by=actor)


for _kind in REMINDERS:
    _remind(_kind)


def _lapse(dispute: Dispute, actor: Actor) -> None:
    DISPUTE.fire(dispute, "lapse")
    dispute.save(update_fields=["state"])
    for proposal in standing_proposals(dispute, MEDIATOR):
        close_proposal(proposal, "lapse")
        event = DisputeProposalClosed(
            aggregate=dispute.contract.public_id,
            dispute=dispute.public_id,
            proposal=proposal.public_id,
            how="lapsed",
        )
        record(event, by=actor)
