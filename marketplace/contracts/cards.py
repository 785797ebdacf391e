"""What the conversation about a contract shows of it: what happened, and what waits for whom, with its button."""

from dataclasses import dataclass

from django.utils.translation import get_language

from marketplace.chat.cards import Card, draws
from marketplace.contracts.documents import LANGUAGES
from marketplace.contracts.machine import AT_WORK, DELIVERABLE, AmendmentState, ContractState
from marketplace.contracts.models import Amendment, Contract, Deliverable
from marketplace.contracts.policies import CONTRACT_POLICY, ContractAction, anchor_side, merchant_side
from marketplace.contracts.releasing import Parts
from marketplace.contracts.selectors.contracts import signers_of
from marketplace.contracts.steps.amending import is_payable
from marketplace.contracts.steps.extra_rounds import next_release
from marketplace.contracts.steps.releasing import is_frozen
from marketplace.contracts.wording import said_amendment
from marketplace.core.actor import Actor
from marketplace.core.models import Event
from marketplace.core.money import Money

EVENT, SIGNING, PAYMENT, WORK, AMENDMENT = "contract_event", "signing", "payment", "work", "amendment"
# What can be answered with one press; the rest of it has words or files, and a page of its own.
ANSWERS = {"approve": ContractAction.REVIEW, "verify": ContractAction.REVIEW}


@dataclass(frozen=True, slots=True)
class EventCard:
    name: str
    about: str
    href: str


@dataclass(frozen=True, slots=True)
class SigningCard:
    contract: Contract
    signers: list
    waits: bool
    may_sign: bool


@dataclass(frozen=True, slots=True)
class PaymentCard:
    contract: Contract
    pays: Money
    waits: bool
    may_pay: bool


@dataclass(frozen=True, slots=True)
class AmendmentCard:
    amendment: Amendment
    lines: list[tuple[str, str, str]]
    may_sign: bool
    may_pay: bool


@dataclass(frozen=True, slots=True)
class WorkCard:
    """`acts`: what the reader may answer; none on an older version. `effect`: what that does with the money."""

    one: Deliverable
    side: str
    is_newest: bool
    acts: frozenset[str]
    may_ask: bool
    effect: Parts | None


@draws(EVENT)
def draw_events(actor: Actor, ids: list[str]) -> dict[str, Card]:
    found = Event.objects.filter(pk__in=[int(one) for one in ids])
    work = _work(actor, [one.aggregate for one in found])
    visible = Contract.objects.visible_to(actor).filter(public_id__in=[one.aggregate for one in found])
    contracts = set(visible.values_list("public_id", flat=True))
    return {
        str(one.pk): Card("contracts/cards/event.html", _event_card(one, work.get(one.aggregate)))
        for one in found
        if one.aggregate in contracts or one.aggregate in work
    }


def _event_card(event: Event, work: Deliverable | None) -> EventCard:
    if amendment := event.data.get("amendment"):
        return EventCard(event.name, "", f"/changes/{amendment}/")
    if dispute := event.data.get("dispute"):
        return EventCard(event.name, "", f"/disputes/{dispute}/")
    if work is None:
        return EventCard(event.name, "", f"/contracts/{event.aggregate}/")
    return EventCard(event.name, work.title, f"/work/{work.public_id}/")


@draws(SIGNING)
def draw_signing(actor: Actor, ids: list[str]) -> dict[str, Card]:
    cards = {}
    for contract in Contract.objects.visible_to(actor).filter(public_id__in=ids):
        waits = contract.state == ContractState.SIGNING
        may = waits and CONTRACT_POLICY.can(actor, ContractAction.SIGN, contract)
        drawn = SigningCard(contract, list(signers_of(contract)), waits, may)
        cards[contract.public_id] = Card("contracts/cards/signing.html", drawn)
    return cards


@draws(PAYMENT)
def draw_payment(actor: Actor, ids: list[str]) -> dict[str, Card]:
    cards = {}
    for contract in Contract.objects.visible_to(actor).filter(public_id__in=ids):
        waits = contract.state == ContractState.AWAITING_FUNDS
        may = waits and CONTRACT_POLICY.can(actor, ContractAction.FUND, contract)
        drawn = PaymentCard(contract, contract.falls.money("pays"), waits, may)
        cards[contract.public_id] = Card("contracts/cards/payment.html", drawn)
    return cards


@draws(AMENDMENT)
def draw_amendments(actor: Actor, ids: list[str]) -> dict[str, Card]:
    """Whoever's signature is there is not asked again."""
    found = Amendment.objects.visible_to(actor).filter(public_id__in=ids).select_related("contract")
    cards = {}
    for amendment in found.prefetch_related("signatures"):
        contract = amendment.contract
        signed = {one.party_id for one in amendment.signatures.all()}
        waits = amendment.state == AmendmentState.SIGNING and actor.party_id not in signed
        drawn = AmendmentCard(
            amendment=amendment,
            lines=said_amendment(amendment, get_language() or LANGUAGES[0]),
            may_sign=waits and CONTRACT_POLICY.can(actor, ContractAction.SIGN, contract),
            may_pay=is_payable(amendment) and CONTRACT_POLICY.can(actor, ContractAction.FUND, contract),
        )
        cards[amendment.public_id] = Card("contracts/cards/amendment.html", drawn)
    return cards


@draws(WORK)
def draw_work(actor: Actor, ids: list[str]) -> dict[str, Card]:
    """Ids are a deliverable's with the number of the event; the last of each is the newest version."""
    newest = {one.partition("#")[0]: one for one in ids}
    work = _work(actor, list(newest))
    cards = {}
    for card_id in ids:
        one = work.get(card_id.partition("#")[0])
        if one is not None:
            drawn = _work_card(actor, one, is_newest=newest[one.public_id] == card_id)
            cards[card_id] = Card("contracts/cards/work.html", drawn)
    return cards


def _work_card(actor: Actor, one: Deliverable, *, is_newest: bool) -> WorkCard:
    contract = one.contract
    running = is_newest and contract.state in AT_WORK and not is_frozen(one)
    may_review = running and CONTRACT_POLICY.can(actor, ContractAction.REVIEW, contract)
    acts = frozenset(name for name in ANSWERS if may_review and DELIVERABLE.can(one, name))
    side = "merchant" if merchant_side(actor, contract) else "anchor" if anchor_side(actor, contract) else ""
    releases = "verify" in acts or ("approve" in acts and not one.is_public)
    return WorkCard(
        one=one,
        side=side,
        is_newest=is_newest,
        acts=acts,
        may_ask=may_review and bool(acts),
        effect=next_release(one) if releases else None,
    )


def _work(actor: Actor, public_ids: list[str]) -> dict[str, Deliverable]:
    found = Deliverable.objects.visible_to(actor).filter(public_id__in=public_ids).select_related("contract")
    return {one.public_id: one for one in found}
