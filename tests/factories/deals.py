"""Deals on their way, made the way the program makes them."""

from datetime import timedelta

from marketplace.accounts.models import LegalEntity, Party
from marketplace.accounts.models.verified_fact import VerifiedFact
from marketplace.contracts.models import Contract, Method
from marketplace.contracts.selectors import governing_document
from marketplace.contracts.services.signing import ProofOfPerson, sign
from marketplace.contracts.steps.drafting import draft_contract
from marketplace.contracts.terms import DealTerms, DeliverableTerms
from marketplace.core import clock
from marketplace.core.ids import new_id
from marketplace.core.tx import use_case
from tests.factories.people import Person

BRIEF = {"goal": "Autumn oolong, live", "do": "Show the leaves\nBrew it twice"}
PROOF = ProofOfPerson(method=Method.PASSWORD, address="203.0.113.9", browser="Firefox")
draft_now = use_case(draft_contract)


def verify(party: Party, kind: str) -> None:
    """As compliance's decision leaves it."""
    VerifiedFact.objects.get_or_create(party=party, kind=kind)


def deal(**changed: object) -> DealTerms:
    today = clock.today()
    plain = {
        "price_model": "fixed",
        "currency": "CNY",
        "fee_minor": 1_200_000,
        "deliverables": (
            DeliverableTerms(kind="draft", title="Script", due_on=today + timedelta(days=5), share_bp=3_000),
            DeliverableTerms(kind="live", title="Two hours live", due_on=today + timedelta(days=12), share_bp=7_000),
        ),
        "publish_from": today + timedelta(days=10),
        "publish_until": today + timedelta(days=14),
    }
    return DealTerms(**(plain | changed))


def drafted(merchant: Person, anchor: Person, **changed: object) -> Contract:
    return draft_now(
        actor=anchor.actor,
        merchant=merchant.party,
        anchor=anchor.party,
        subject=new_id("vtk"),
        seat=new_id("app"),
        **{
            "title": "Autumn oolong, live",
            "deal": deal(),
            "brief": BRIEF,
            "scope": "live",
            "governing_language": "zh-hans",
        }
        | changed,
    )


def sign_as(person: Person, contract: Contract) -> Contract:
    document = governing_document(contract).sha256
    return sign(actor=person.actor, public_id=contract.public_id, document_sha256=document, proof=PROOF)


def company(owner: Person, *, name: str = "Chenyu Tea Ltd", tax_id: str = "") -> LegalEntity:
    """The party's legal entity, as verification would set it."""
    address = "18 Jing'an Road\n200040 Shanghai"
    entity = LegalEntity.objects.create(owner=owner.user, name=name, country="CN", tax_id=tax_id, address=address)
    Party.objects.filter(pk=owner.party.pk).update(legal_entity=entity)
    owner.party.refresh_from_db()
    return entity
