"""Reads about contracts."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from marketplace.accounts.models import Party, Representation
from marketplace.contracts import documents
from marketplace.contracts.events import WorkReminded
from marketplace.contracts.models import Capacity, Contract, ContractDocument, Deliverable
from marketplace.contracts.models.signature import SignedByHand
from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.core.errors import NotFound
from marketplace.core.record import timeline
from marketplace.notifications.selectors import mails_arrived


@dataclass(frozen=True, slots=True)
class Signer:
    """One place at the foot of a contract: who signs there, and whether it is done."""

    capacity: Capacity
    name: str
    party_id: int | None
    signature: SignedByHand | None


@dataclass(frozen=True, slots=True)
class Proof:
    """What the verifying page shows: the documents hashed anew beside what was signed."""

    number: str
    concluded_at: datetime | None
    terms_match: bool
    documents: Sequence[tuple[ContractDocument, bool]]
    signers: Sequence[Signer]

    @property
    def holds(self) -> bool:
        return self.terms_match and all(matches for _document, matches in self.documents)


def representation_for(anchor: Party, scope: str) -> Representation | None:
    """The representation of an anchor that is in force today for this kind of work."""
    in_force = Representation.objects.in_force().filter(anchor=anchor, period__contains=clock.today())
    return in_force.filter(scope__contains=[scope]).select_related("agency__legal_entity").first()


def list_contracts(actor: Actor, *, state: str = "") -> QuerySet[Contract]:
    contracts = Contract.objects.visible_to(actor).select_related("merchant", "anchor", "agency").order_by("-id")
    return contracts.filter(state=state) if state else contracts


def get_contract(actor: Actor, public_id: str) -> Contract:
    try:
        return list_contracts(actor).get(public_id=public_id)
    except Contract.DoesNotExist:
        raise NotFound from None


def documents_of(contract: Contract) -> list[ContractDocument]:
    """The governing one first."""
    return list(contract.documents.order_by("-governs", "language"))


def governing_document(contract: Contract) -> ContractDocument:
    return contract.documents.get(governs=True)


def capacities(contract: Contract) -> list[Capacity]:
    """Who must sign, in the order in which they stand at the foot."""
    wanted = [Capacity.MERCHANT, Capacity.ANCHOR]
    if contract.agency_id:
        wanted.append(Capacity.AGENCY)
    if contract.guardian_email:
        wanted.append(Capacity.GUARDIAN)
    return wanted


def signers_of(contract: Contract, signatures: Iterable[SignedByHand] | None = None) -> list[Signer]:
    """With what stands there: the contract's own signatures, or those under a change of it."""
    there = contract.signatures.all() if signatures is None else signatures
    done = {signature.capacity: signature for signature in there}
    sides = {
        Capacity.MERCHANT: (contract.merchant.name, contract.merchant_id),
        Capacity.ANCHOR: (contract.anchor.name, contract.anchor_id),
        Capacity.AGENCY: (contract.agency.name if contract.agency else "", contract.agency_id),
        Capacity.GUARDIAN: (contract.guardian_name, None),
    }
    return [Signer(capacity, *sides[capacity], done.get(capacity)) for capacity in capacities(contract)]


def prove(public_id: str) -> Proof:
    """For whoever holds the number of a signed contract. Raises NotFound for one that was never signed."""
    related = Contract.objects.select_related("merchant", "anchor", "agency")
    contract = related.filter(public_id=public_id).exclude(signatures=None).first()
    if contract is None:
        raise NotFound
    checked = [(document, documents.sha256(document.content) == document.sha256) for document in documents_of(contract)]
    return Proof(
        number=contract.number,
        concluded_at=contract.concluded_at,
        terms_match=documents.sha256(documents.canonical(contract.canonical)) == contract.terms_sha256,
        documents=checked,
        signers=signers_of(contract),
    )


def missing_for_approval(deliverable: Deliverable) -> str:
    """What keeps the clock from approving; empty when nothing does.

    Every required part is there; a link has been opened by us once, or was found unreachable; and the mail server has
    taken both reminders to the merchant (domain: automatic approval).
    """
    last = deliverable.submissions.order_by("-number").first()
    if last is None or not (last.link or last.files):
        return "parts"
    if last.link and not (last.link_opened_at or last.link_failure):
        return "link"
    if not reminders_arrived(deliverable):
        return "reminders"
    return ""


def reminders_arrived(deliverable: Deliverable) -> bool:
    """Both reminders of this review went out, and none of their mails is still waiting."""
    said = timeline(deliverable.public_id).filter(name=WorkReminded.name, at__gte=deliverable.submitted_at)
    hours = {event.data["hours_left"] for event in said if event.data["what"] == "review"}
    return hours >= {24, 4} and mails_arrived(f"{deliverable.public_id}:review", since=deliverable.submitted_at)
