"""The work of a contract: whoever must look at it, change it, or knows now that it is done."""

from marketplace.contracts.events import (
    ApprovalPutOff,
    ChangesRequested,
    ProofSentBack,
    RemarkMade,
    StayedUp,
    WorkApproved,
    WorkLate,
    WorkOverdue,
    WorkPublished,
    WorkReminded,
    WorkSubmitted,
    WorkVerified,
)
from marketplace.contracts.handlers.telling import anchor_side_of, others, sides, tell, work_of
from marketplace.contracts.models import Deliverable
from marketplace.core.models import Event
from marketplace.core.outbox.registry import handles

TO_MERCHANT = {
    WorkSubmitted.name: "work_submitted",
    WorkPublished.name: "work_published",
    ApprovalPutOff.name: "approval_put_off",
    WorkLate.name: "work_late",
}
SOON = {"due": "work_due_soon", "review": "work_review_soon", "verify": "work_verify_soon"}
TO_ANCHOR = {
    ChangesRequested.name: "changes_requested",
    ProofSentBack.name: "proof_sent_back",
    WorkApproved.name: "work_approved",
    WorkVerified.name: "work_verified",
    StayedUp.name: "work_stayed_up",
}


@handles(WorkSubmitted, WorkPublished, ApprovalPutOff, WorkLate)
def tell_merchant(event: Event) -> None:
    work = work_of(event)
    tell(work.contract, [work.contract.merchant], TO_MERCHANT[event.name], **said(work))


@handles(ChangesRequested, ProofSentBack, WorkApproved, WorkVerified, StayedUp)
def tell_anchor(event: Event) -> None:
    if event.data.get("bought"):
        return  # she is told together with what it brings her
    work = work_of(event)
    tell(work.contract, anchor_side_of(work.contract), TO_ANCHOR[event.name], **said(work))


@handles(WorkOverdue)
def tell_both_overdue(event: Event) -> None:
    work = work_of(event)
    tell(work.contract, sides(work.contract), "work_overdue", **said(work))


@handles(RemarkMade)
def tell_others_of_remark(event: Event) -> None:
    work = work_of(event)
    tell(work.contract, others(work.contract, event), "work_remarked", **said(work))


@handles(WorkReminded)
def remind(event: Event) -> None:
    """Before a clock runs out, whoever it runs against; kept with the mails, for approval asks whether they arrived."""
    work, what = work_of(event), event.data["what"]
    contract = work.contract
    parties = anchor_side_of(contract) if what == "due" else [contract.merchant]
    about = f"{work.public_id}:{what}"
    tell(contract, parties, SOON[what], about=about, hours=event.data["hours_left"], **said(work))


def said(work: Deliverable) -> dict[str, object]:
    until = work.review_by or work.verify_by
    return {"work": work.title, "until": until.isoformat() if until else "", "due_on": work.due_on.isoformat()}
