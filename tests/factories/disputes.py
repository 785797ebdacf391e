"""Disputes on their way: opened, answered, proposed, decided, carried out."""

from marketplace.contracts.models import Contract, Dispute, DisputeProposal, Side
from marketplace.contracts.models.dispute_talk import MEDIATOR
from marketplace.contracts.services.deciding import accept_decision, decide_dispute
from marketplace.contracts.services.disputes import answer_dispute, open_dispute
from marketplace.contracts.services.mediation import propose_as_mediator
from tests.factories.funded import piece
from tests.factories.people import Person


def disputed(person: Person, contract: Contract, place: int = 2, anchor_bp: int = 0) -> Dispute:
    return open_dispute(
        actor=person.actor,
        deliverable_public_id=piece(contract, place).public_id,
        words="It shows another brand.",
        anchor_bp=anchor_bp,
    )


def answered(person: Person, dispute: Dispute, anchor_bp: int = 8_000) -> Dispute:
    return answer_dispute(
        actor=person.actor, public_id=dispute.public_id, words="One second only.", anchor_bp=anchor_bp
    )


def mediated(staff: Person, dispute: Dispute, anchor_bp: int = 5_000) -> DisputeProposal:
    propose_as_mediator(actor=staff.actor, public_id=dispute.public_id, anchor_bp=anchor_bp, reasons="Meet halfway.")
    return standing(dispute, MEDIATOR)


def decided(staff: Person, dispute: Dispute, anchor_bp: int) -> Dispute:
    return decide_dispute(
        actor=staff.actor, public_id=dispute.public_id, anchor_bp=anchor_bp, reasons="One second of another brand."
    )


def split(merchant: Person, anchor: Person, staff: Person, dispute: Dispute, anchor_bp: int) -> Dispute:
    """Answered, decided by staff, accepted by both: carried out."""
    answered(anchor if dispute.side == Side.MERCHANT else merchant, dispute)
    decided(staff, dispute, anchor_bp)
    for person in (merchant, anchor):
        done = accept_decision(actor=person.actor, public_id=dispute.public_id)
    return done


def standing(dispute: Dispute, side: str) -> DisputeProposal:
    return DisputeProposal.objects.get(dispute__public_id=dispute.public_id, side=side, state="standing")
