"""Changes of a contract, proposed, signed and paid the way the program does."""

from datetime import date

from marketplace.contracts.amending import Proposal
from marketplace.contracts.models import Amendment, Contract
from marketplace.contracts.services.amendments import pay_amendment, propose, sign_amendment
from tests.factories.deals import PROOF
from tests.factories.funded import PROVIDER, arrived
from tests.factories.people import Person
from tests.support.relay import relay_all


def changed(contract: Contract, **other: object) -> Proposal:
    """What is in force, but for what is named; `due_on` by place."""
    deal = Contract.objects.get(pk=contract.pk).deal
    plain = {"fee_minor": deal.fee_minor, "publish_from": deal.publish_from, "publish_until": deal.publish_until}
    return Proposal(**(plain | other))


def proposed(person: Person, contract: Contract, words: str = "", **other: object) -> Amendment:
    return propose(actor=person.actor, public_id=contract.public_id, proposal=changed(contract, **other), words=words)


def signs(person: Person, amendment: Amendment) -> Amendment:
    document = amendment.documents.get(governs=True).sha256
    return sign_amendment(actor=person.actor, public_id=amendment.public_id, document_sha256=document, proof=PROOF)


def agreed(amendment: Amendment, *people: Person) -> Amendment:
    for person in people:
        signs(person, amendment)
    amendment.refresh_from_db()
    return amendment


def change_to_pay(merchant: Person, amendment: Amendment, key: str = "change-1", source: str = "checkout"):
    return pay_amendment(actor=merchant.actor, public_id=amendment.public_id, source=source, provider=PROVIDER, key=key)


def paid(merchant: Person, amendment: Amendment) -> Amendment:
    """By its own checkout."""
    arrived(change_to_pay(merchant, amendment, key=f"pay-{amendment.public_id}"))
    relay_all()
    amendment.refresh_from_db()
    return amendment


def days(contract: Contract, **by_place: date) -> dict[int, date]:
    return {int(place.removeprefix("of_")): day for place, day in by_place.items()}
