"""What the page and the desk show of a dispute: who said what, what happened, and what the platform knows about it."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet

from marketplace.chat.models import Message, MessageChange
from marketplace.chat.selectors.messages import words_ever
from marketplace.contracts.machine import ProposalState
from marketplace.contracts.models import Contract, Deliverable, Dispute, DisputeProposal, Signature, Submission
from marketplace.contracts.models.dispute_talk import MEDIATOR
from marketplace.contracts.selectors.room import history_of_work, submissions_of
from marketplace.core.access_log import accesses
from marketplace.core.models import Event
from marketplace.core.models.access import AccessEntry

SHOWN_AT_MOST = 200


@dataclass(frozen=True, slots=True)
class Look:
    """The merchant's people were shown a version, or a file of it."""

    entry: AccessEntry
    number: int
    is_file: bool


@dataclass(frozen=True, slots=True)
class Written:
    """A message, with its words through all its changes."""

    message: Message
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What is on the platform counts, and nothing else: the latest of each kind, the oldest first."""

    work: Deliverable
    submissions: list[Submission]
    happened: list[Event]
    looks: list[Look]
    messages: list[Written]
    signatures: list[Signature]


def evidence_about(dispute: Dispute) -> Evidence:
    """For the sides and our desk: the caller has found that its reader may see all of it."""
    contract, work = dispute.contract, dispute.deliverable
    submissions = submissions_of(work)
    return Evidence(
        work=work,
        submissions=submissions,
        happened=list(history_of_work(work)),
        looks=_looks(contract, submissions),
        messages=latest_words(contract),
        signatures=list(contract.signatures.order_by("signed_at")),
    )


def history_of_dispute(dispute: Dispute) -> QuerySet[Event]:
    """What happened to it, the oldest first."""
    found = Event.objects.filter(aggregate=dispute.contract.public_id, data__dispute=dispute.public_id)
    return found.select_related("actor").order_by("seq")


def proposals_of(dispute: Dispute) -> list[DisputeProposal]:
    """The newest first."""
    return list(dispute.proposals.select_related("by").order_by("-id"))


def mediators_proposal(proposals: Iterable[DisputeProposal]) -> DisputeProposal | None:
    """The one that waits for the sides."""
    waiting = (one for one in proposals if one.side == MEDIATOR and one.state == ProposalState.STANDING)
    return next(waiting, None)


def _looks(contract: Contract, submissions: Iterable[Submission]) -> list[Look]:
    shown: dict[str, tuple[int, bool]] = {}
    for one in submissions:
        shown |= {one.public_id: (one.number, False)} | dict.fromkeys(one.files, (one.number, True))
    found = accesses(shown, party_id=contract.merchant_id).select_related("viewer").reverse()[:SHOWN_AT_MOST]
    return [Look(one, *shown[one.subject]) for one in reversed(found)]


def latest_words(contract: Contract) -> list[Written]:
    """What the sides wrote to each other about the contract, the latest of it, the oldest first; what was edited or
    deleted, too, for it is judged by it."""
    later = MessageChange.objects.filter(
        message=OuterRef("pk"), kind__in=[MessageChange.Kind.EDIT, MessageChange.Kind.DELETE]
    )
    found = Message.objects.filter(conversation__subject=contract.public_id, by__isnull=False)
    latest = found.select_related("by", "party").annotate(is_changed=Exists(later)).order_by("-seq")[:SHOWN_AT_MOST]
    return [Written(one, words_ever(one) if one.is_changed else one.text) for one in reversed(latest)]
