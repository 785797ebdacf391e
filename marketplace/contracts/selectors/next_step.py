"""Who acts next on a contract, on what, and until when: one answer, for the page's next move and for its money line."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from marketplace.contracts.machine import (
    AT_WORK,
    CancellationState,
    ContractState,
    DeliverableState,
    DisputeState,
    ProposalState,
)
from marketplace.contracts.models import Cancellation, Contract, Deliverable, Dispute, Side
from marketplace.contracts.models.dispute_talk import MEDIATOR
from marketplace.core import clock

STAFF, BOTH, NOBODY = "staff", "both", "nobody"


@dataclass(frozen=True, slots=True, kw_only=True)
class NextStep:
    """`code` has its words in `wording_of_room`. `who` is merchant, anchor, both, staff or nobody (it happens by
    itself).

    `by_itself` says that it happens without anybody when `until` passes.
    """

    code: str
    who: str
    until: datetime | None = None
    by_itself: bool = False
    work: Deliverable | None = None
    cancellation: Cancellation | None = None
    dispute: Dispute | None = None


def next_step(contract: Contract, work: list[Deliverable], *, frozen: bool = False) -> NextStep | None:
    """None when nothing is left to do, or nothing has begun; `frozen` while the payer's bank holds its money."""
    if contract.state == ContractState.AWAITING_FUNDS:
        return NextStep(code="pay", who=Side.MERCHANT, until=contract.fund_by, by_itself=True)
    if contract.state not in AT_WORK:
        return None
    if frozen:
        return NextStep(code="chargeback", who=NOBODY)
    if contract.state == ContractState.CANCEL_REQUESTED:
        asked = contract.cancellations.get(state=CancellationState.REQUESTED)
        return NextStep(
            code="answer_cancellation",
            who=_other(asked.side),
            until=asked.answer_by,
            by_itself=True,
            cancellation=asked,
        )
    if contract.state == ContractState.DISPUTED:
        return of_dispute(contract.disputes.open().get())
    return next((of_work(one) for one in work if one.is_open), None) or of_kept_back(work)


def of_dispute(dispute: Dispute) -> NextStep:
    """In mediation it is the sides' to agree and our staff's to decide; staff are named, for they owe an end to it."""
    if dispute.state == DisputeState.AWAITING_REPLY:
        return NextStep(
            code="answer_dispute", who=dispute.other_side, until=dispute.reply_by, by_itself=True, dispute=dispute
        )
    if dispute.state == DisputeState.PROPOSAL:
        proposal = dispute.proposals.get(side=MEDIATOR, state=ProposalState.STANDING)
        silent = [side for side in Side if not proposal.accepted_at(side)]
        who = BOTH if len(silent) > 1 else silent[0]
        return NextStep(code="answer_proposal", who=who, until=proposal.answer_by, dispute=dispute)
    if dispute.state == DisputeState.DECIDED:
        return NextStep(code="appeal_dispute", who=NOBODY, until=dispute.appeal_by, by_itself=True, dispute=dispute)
    if dispute.state == DisputeState.APPEALED:
        return NextStep(code="settle_appeal", who=STAFF, until=dispute.settle_by, dispute=dispute)
    return NextStep(code="mediate_dispute", who=STAFF, until=dispute.mediate_by, dispute=dispute)


def of_work(one: Deliverable) -> NextStep:
    """What the state of one piece asks for."""
    if one.state == DeliverableState.SUBMITTED:
        return NextStep(code="review", who=Side.MERCHANT, until=one.review_by, by_itself=True, work=one)
    if one.state == DeliverableState.PUBLISHED:
        return NextStep(code="check", who=Side.MERCHANT, until=one.verify_by, by_itself=True, work=one)
    if one.state == DeliverableState.OVERDUE:
        return NextStep(code="late", who=Side.ANCHOR, until=one.overdue_at + timedelta(hours=72), work=one)
    if one.state == DeliverableState.APPROVED:
        zone = one.contract.deal.time_zone
        closes = clock.start_of(one.contract.deal.publish_until + timedelta(days=1), zone)
        return NextStep(code="publish", who=Side.ANCHOR, until=closes, work=one)
    code = "change" if one.state == DeliverableState.CHANGES_REQUESTED else "show" if one.is_live else "hand_in"
    return NextStep(code=code, who=Side.ANCHOR, until=one.due_at, work=one)


def of_kept_back(work: list[Deliverable]) -> NextStep | None:
    """Everything is delivered; a share waits until it has stayed up long enough."""
    waiting = [one for one in work if one.stay_up_until is not None and one.contract.deal.holdback_bp]
    if not waiting:
        return None
    last = max(waiting, key=lambda one: one.stay_up_until)
    until = clock.start_of(last.stay_up_until + timedelta(days=1), last.contract.deal.time_zone)
    return NextStep(code="stay_up", who=NOBODY, until=until, by_itself=True, work=last)


def _other(side: str) -> str:
    return Side.ANCHOR if side == Side.MERCHANT else Side.MERCHANT
