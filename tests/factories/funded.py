"""Contracts at work: signed by all, and paid the way the program pays them."""

import time
from datetime import timedelta

from marketplace.contracts.machine import ContractState
from marketplace.contracts.models import Contract, Deliverable
from marketplace.contracts.services.funding import pay_contract
from marketplace.contracts.services.work import approve, publish, submit
from marketplace.contracts.terms import DeliverableTerms
from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.core.money import Money
from marketplace.media.machine import AssetState
from marketplace.media.models import Access, Asset
from marketplace.payments.answers import Charge, Checkout, Fee
from marketplace.payments.models import Funding
from marketplace.payments.services.funding import settle_funding
from tests.factories.deals import deal, drafted, sign_as
from tests.factories.people import Person
from tests.support.relay import relay_all

SYSTEM = Actor.system("test")
PROVIDER = "test_bank"
PATIENCE = 300  # tenths of a second


def three_pieces(**changed: object):
    """A script that releases 20 % when it is approved, a draft 30 %, a video 50 % when it is verified."""
    today = clock.today()
    pieces = (("script", "Script", 4, 2_000), ("draft", "Draft", 8, 3_000), ("video", "Video", 12, 5_000))
    items = tuple(
        DeliverableTerms(kind=kind, title=title, due_on=today + timedelta(days=day), share_bp=share)
        for kind, title, day, share in pieces
    )
    return deal(**({"deliverables": items} | changed))


def signed(merchant: Person, anchor: Person, *others: Person, **changed: object) -> Contract:
    contract = drafted(merchant, anchor, **({"deal": three_pieces()} | changed))
    for person in (merchant, anchor, *others):
        sign_as(person, contract)
    contract.refresh_from_db()
    return contract


def asked_to_pay(merchant: Person, contract: Contract, key: str = "pay-1", source: str = "checkout"):
    return pay_contract(actor=merchant.actor, public_id=contract.public_id, source=source, provider=PROVIDER, key=key)


def arrived(funding: Funding, charge: str = "", money: Money | None = None) -> Funding:
    """What the provider says once the payer has paid."""
    paid = money or funding.money
    charge = charge or f"chg_{funding.public_id}"
    checkout = Checkout(
        id=f"chk_{funding.public_id}",
        status="paid",
        url="",
        reference=funding.public_id,
        money=funding.money,
        charge=Charge(id=charge, money=paid, created_at=clock.now(), fee=Fee(Money.zero(paid.currency), 1)),
    )
    return settle_funding(actor=SYSTEM, public_id=funding.public_id, checkout=checkout)


def funded(merchant: Person, anchor: Person, *others: Person, **changed: object) -> Contract:
    contract = signed(merchant, anchor, *others, **changed)
    arrived(asked_to_pay(merchant, contract, key=f"pay-{contract.public_id}"))
    relay_all()
    contract.refresh_from_db()
    for _ in range(PATIENCE):
        if contract.state != ContractState.AWAITING_FUNDS:
            break
        time.sleep(0.1)  # in a running stack its worker may have taken the delivery
        contract.refresh_from_db()
    return contract


def piece(contract: Contract, place: int) -> Deliverable:
    return contract.deliverables.get(place=place)


def handed_in(anchor: Person, contract: Contract, place: int) -> Deliverable:
    files = [work_file(anchor).public_id]
    return submit(actor=anchor.actor, public_id=piece(contract, place).public_id, note="Here it is.", files=files)


def work_file(person: Person) -> Asset:
    """A paper of hers as it stands in the tables; storage has none."""
    return Asset.objects.create(
        party=person.party,
        uploaded_by=person.user,
        kind=Asset.Kind.DOCUMENT,
        purpose="work",
        access=Access.PARTY,
        state=AssetState.READY,
        mime="application/pdf",
        size_bytes=1,
        sha256="0" * 64,
        name="script.pdf",
    )


def approved(merchant: Person, anchor: Person, contract: Contract, place: int) -> Deliverable:
    handed_in(anchor, contract, place)
    return approve(actor=merchant.actor, public_id=piece(contract, place).public_id)


def published(merchant: Person, anchor: Person, contract: Contract, place: int) -> Deliverable:
    approved(merchant, anchor, contract, place)
    return publish(
        actor=anchor.actor, public_id=piece(contract, place).public_id, link="https://www.douyin.com/video/7"
    )
