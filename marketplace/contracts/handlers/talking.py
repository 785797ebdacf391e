"""What happens to a contract is shown where its sides talk about it, who have a conversation as soon as there is
something to sign."""

from marketplace.chat.steps.conversations import open_conversation
from marketplace.chat.steps.logging import show_card
from marketplace.contracts import events
from marketplace.contracts.cards import AMENDMENT, EVENT, PAYMENT, SIGNING, WORK
from marketplace.contracts.handlers.telling import get, path, sides, work_of
from marketplace.contracts.models import Contract
from marketplace.core.models import Event
from marketplace.core.outbox.registry import handles


@handles(events.ContractDrafted)
def open_the_conversation(event: Event) -> None:
    talk_of(get(event.aggregate))


@handles(events.ContractOpenedForSigning)
def show_what_to_sign(event: Event) -> None:
    show(get(event.aggregate), SIGNING, event.aggregate)


@handles(events.ContractConcluded)
def show_what_to_pay(event: Event) -> None:
    contract = get(event.aggregate)
    show(contract, EVENT, str(event.pk))
    if contract.gross_minor:
        show(contract, PAYMENT, event.aggregate)


@handles(events.AmendmentProposed)
def show_what_would_change(event: Event) -> None:
    show(get(event.aggregate), AMENDMENT, event.data["amendment"])


@handles(
    events.ContractSigned,
    events.AmendmentSigned,
    events.AmendmentToPay,
    events.AmendmentInForce,
    events.AmendmentClosed,
    events.ContractHandedOver,
    events.ContractLapsed,
    events.ContractFunded,
    events.PaymentSentBack,
    events.FundsReleased,
    events.ContractFrozen,
    events.ContractThawed,
    events.ContractCompleted,
    events.CancellationRequested,
    events.CancellationClosed,
    events.ContractCancelled,
    events.DisputeOpened,
    events.DisputeAnswered,
    events.DisputeSplitProposed,
    events.DisputeProposalClosed,
    events.DisputeDecided,
    events.DisputeAppealed,
    events.DisputeSettled,
)
def show_what_happened(event: Event) -> None:
    show(get(event.aggregate), EVENT, str(event.pk))


@handles(events.WorkSubmitted, events.WorkPublished)
def show_what_to_look_at(event: Event) -> None:
    """Each version by itself: the newest one can be answered."""
    show(work_of(event).contract, WORK, f"{event.aggregate}#{event.seq}")


@handles(
    events.ChangesRequested,
    events.ExtraRoundAsked,
    events.ExtraRoundPaid,
    events.WorkApproved,
    events.ProofSentBack,
    events.WorkVerified,
    events.WorkOverdue,
    events.WorkLate,
    events.StayedUp,
    events.AbsenceReported,
    events.AbsenceAnswered,
    events.AbsenceStands,
    events.StayUpAsked,
    events.StayUpClosed,
)
def show_what_became_of_work(event: Event) -> None:
    show(work_of(event).contract, EVENT, str(event.pk))


def show(contract: Contract, card: str, card_id: str) -> None:
    """Deliveries come in any order: whichever is first opens the conversation."""
    talk_of(contract)
    show_card(contract.public_id, card, card_id)


def talk_of(contract: Contract) -> None:
    open_conversation(subject=contract.public_id, title=contract.title, path=path(contract), parties=sides(contract))
