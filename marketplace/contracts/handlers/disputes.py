"""A dispute: each side is told what the other did and what the clock will do; our staff, what waits for them."""

from marketplace.accounts.models import Party
from marketplace.accounts.selectors import staff_in
from marketplace.contracts.events import (
    DisputeAnswered,
    DisputeAppealed,
    DisputeDecided,
    DisputeDecisionAccepted,
    DisputeOpened,
    DisputeOverdue,
    DisputeProposalAccepted,
    DisputeProposalClosed,
    DisputeReminded,
    DisputeSettled,
    DisputeSplitProposed,
)
from marketplace.contracts.handlers.money import money_of
from marketplace.contracts.handlers.telling import anchor_side_of, day_in, facts, others, readers, sides
from marketplace.contracts.models import Dispute, Side
from marketplace.contracts.models.dispute_talk import MEDIATOR
from marketplace.core.actor import StaffRole
from marketplace.core.models import Event
from marketplace.core.outbox.registry import handles
from marketplace.notifications.steps.notify import notify

SETTLED = {
    "withdrawn": "dispute_withdrawn",
    "agreed": "dispute_agreed",
    "decided": "dispute_decided",
    "upheld": "dispute_upheld",
    "changed": "dispute_changed",
}
DECIDED = {
    "staff": "dispute_can_be_appealed",
    "silence": "dispute_silent",
    "proposal": "dispute_decided_by_proposal",
}
LATE = {"mediation": "dispute_mediation_late", "appeal": "dispute_appeal_late"}


@handles(DisputeOpened)
def tell_dispute_opened(event: Event) -> None:
    dispute = of(event)
    reply_by = day_in(dispute.contract, dispute.reply_by)
    tell(dispute, others(dispute.contract, event), "dispute_opened", reply_by=reply_by)


@handles(DisputeAnswered)
def tell_dispute_answered(event: Event) -> None:
    dispute = of(event)
    until = day_in(dispute.contract, dispute.mediate_by)
    tell(dispute, others(dispute.contract, event), "dispute_in_mediation", until=until)
    tell_staff(dispute, "dispute_to_mediate", until=until)


@handles(DisputeSplitProposed)
def tell_split_proposed(event: Event) -> None:
    dispute = of(event)
    share = percent(event.data["anchor_bp"])
    if event.data["side"] != MEDIATOR:
        tell(dispute, others(dispute.contract, event), "dispute_split_proposed", share=share)
        return
    proposal = dispute.proposals.get(public_id=event.data["proposal"])
    until = day_in(dispute.contract, proposal.answer_by)
    tell(dispute, sides(dispute.contract), "dispute_mediator_proposed", share=share, until=until)


@handles(DisputeProposalAccepted)
def tell_proposal_accepted(event: Event) -> None:
    dispute = of(event)
    tell(dispute, others(dispute.contract, event), "dispute_proposal_accepted")


@handles(DisputeProposalClosed)
def tell_proposal_closed(event: Event) -> None:
    dispute = of(event)
    kind = "dispute_proposal_refused" if event.data["how"] == "refused" else "dispute_proposal_lapsed"
    tell(dispute, others(dispute.contract, event), kind)
    tell_staff(dispute, "dispute_to_decide", until=day_in(dispute.contract, dispute.mediate_by))


@handles(DisputeReminded)
def remind(event: Event) -> None:
    """Whoever can still do something about it."""
    dispute = of(event)
    contract = dispute.contract
    what = event.data["what"]
    if what == "reply":
        tell(dispute, side_parties(dispute, dispute.other_side), "dispute_reply_soon", until=day(dispute, "reply_by"))
    elif what == "mediation":
        until = day(dispute, "mediate_by")
        tell(dispute, sides(contract), "dispute_mediation_ends", until=until)
        tell_staff(dispute, "dispute_to_decide", until=until)
    elif what == "proposal":
        proposal = dispute.proposals.filter(side=MEDIATOR).latest("id")
        silent = [party for side in Side if not proposal.accepted_at(side) for party in side_parties(dispute, side)]
        tell(dispute, silent, "dispute_proposal_soon", until=day_in(contract, proposal.answer_by))
    elif what == "appeal":
        silent = [party for side in Side if not dispute.accepted_at(side) for party in side_parties(dispute, side)]
        tell(dispute, silent, "dispute_appeal_soon", until=day(dispute, "appeal_by"))


@handles(DisputeOverdue)
def tell_overdue(event: Event) -> None:
    """Our desk every day; the sides once, the first time."""
    dispute = of(event)
    what = event.data["what"]
    tell_staff(dispute, "dispute_overdue", since=day(dispute, "mediate_by" if what == "mediation" else "settle_by"))
    earlier = Event.objects.filter(aggregate=event.aggregate, name=event.name, id__lt=event.pk, data=event.data)
    if not earlier.exists():
        tell(dispute, sides(dispute.contract), LATE[what])


@handles(DisputeDecided)
def tell_decided(event: Event) -> None:
    dispute = of(event)
    tell(
        dispute,
        sides(dispute.contract),
        DECIDED[event.data["decided"]],
        share=percent(event.data["anchor_bp"]),
        until=day(dispute, "appeal_by"),
    )


@handles(DisputeDecisionAccepted)
def tell_decision_accepted(event: Event) -> None:
    dispute = of(event)
    until = day(dispute, "appeal_by")
    tell(dispute, others(dispute.contract, event), "dispute_decision_accepted", until=until)


@handles(DisputeAppealed)
def tell_appealed(event: Event) -> None:
    dispute = of(event)
    tell(dispute, others(dispute.contract, event), "dispute_appealed", until=day(dispute, "appeal_by"))
    tell_staff(dispute, "dispute_to_settle", until=day(dispute, "settle_by"))


@handles(DisputeSettled)
def tell_dispute_settled(event: Event) -> None:
    dispute = of(event)
    amounts = {"to_anchor": money_of(event, "anchor_minor"), "to_merchant": money_of(event, "merchant_minor")}
    tell(dispute, sides(dispute.contract), SETTLED[event.data["how"]], **amounts)


def of(event: Event) -> Dispute:
    related = ("contract__merchant", "contract__anchor", "contract__agency")
    return Dispute.objects.select_related(*related).get(public_id=event.data["dispute"])


def day(dispute: Dispute, name: str) -> str:
    return day_in(dispute.contract, getattr(dispute, name))


def percent(rate_bp: int) -> str:
    return f"{rate_bp / 100:g} %"


def side_parties(dispute: Dispute, side: str) -> list[Party]:
    contract = dispute.contract
    return [contract.merchant] if side == Side.MERCHANT else anchor_side_of(contract)


def tell(dispute: Dispute, parties: list[Party], kind: str, **more: object) -> None:
    said = facts(dispute.contract) | {"amount": str(dispute.amount)} | more
    for party in parties:
        notify(readers(party), kind, facts=said, path=f"/disputes/{dispute.public_id}/", party=party)


def tell_staff(dispute: Dispute, kind: str, **more: object) -> None:
    said = facts(dispute.contract) | {"amount": str(dispute.amount)} | more
    path = f"/admin/contracts/dispute/{dispute.pk}/change/"
    notify(staff_in(StaffRole.OPERATIONS), kind, facts=said, path=path)
