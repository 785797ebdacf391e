"""Reads about contracts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from marketplace.accounts.models import Party, Representation
from marketplace.contracts import documents
from marketplace.contracts.models import Capacity, Contract, ContractDocument, Signature
from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.core.errors import NotFound


@dataclass(frozen=True, slots=True)
class Signer:
    """One place at the foot of a contract: who signs there, and whether it is done."""

    capacity: Capacity
    name: str
    party_id: int | None
    signature: Signature | None


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


def signers_of(contract: Contract) -> list[Signer]:
    done = {signature.capacity: signature for signature in contract.signatures.all()}
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
