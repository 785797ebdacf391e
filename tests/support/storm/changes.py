"""Changes of contracts in a storm: another fee, another day, another anchor; proposed, signed, paid, given up."""

from datetime import timedelta

from marketplace.contracts.amending import Proposal
from marketplace.contracts.errors import AnotherTakesOver, NoWorkBeforeFunds
from marketplace.contracts.machine import AmendmentState, ContractState
from marketplace.contracts.models import Amendment, Contract, Handover
from marketplace.contracts.services.amendments import (
    decline_amendment,
    pay_amendment,
    propose,
    withdraw_amendment,
)
from marketplace.contracts.steps.amending import standing
from marketplace.contracts.steps.amendment_drafting import draft_substitution
from marketplace.contracts.steps.handing_over import open_handover
from marketplace.contracts.steps.handover import draft_successor
from marketplace.contracts.steps.locks import lock_contract
from marketplace.contracts.steps.releasing import require_funds
from marketplace.contracts.steps.working import lock_work
from marketplace.core import clock
from marketplace.core.ids import new_id
from marketplace.core.tx import use_case
from tests.factories.amendments import signs
from tests.factories.deals import sign_as
from tests.factories.people import Person
from tests.support.storm.sea import Sea


def change_terms(sea: Sea) -> None:
    """Go on with a change that stands, or propose one."""
    contract = sea.deal(ContractState.ACTIVE)
    if contract is None:
        return
    amendment = contract.amendments.standing().first()
    if amendment is None:
        propose_something(sea, contract)
    else:
        amendment.contract = contract
        go_on_with(sea, amendment)


def propose_something(sea: Sea, contract: Contract) -> None:
    who = sea.dice.choice([sea.merchant_of(contract), sea.anchor_of(contract)])
    if sea.dice.random() < 0.3:
        pass_the_seat_on(sea, contract)
        return
    deal = contract.deal
    later = timedelta(days=sea.dice.choice([0, 0, 3, 10]))
    fee_minor = deal.fee_minor * sea.dice.choice([70, 100, 100, 101, 130]) // 100 + sea.dice.choice([0, 0, 1, -1])
    places = sea.dice.choice([[], [1], [2, 3]])
    proposal = Proposal(
        fee_minor=fee_minor,
        publish_from=deal.publish_from,
        publish_until=deal.publish_until + later,
        due_on={
            place: deal.deliverables[place - 1].due_on + later for place in places if place <= len(deal.deliverables)
        },
    )
    propose(actor=who.actor, public_id=contract.public_id, proposal=proposal, words="Our plans changed.")


def go_on_with(sea: Sea, amendment: Amendment) -> None:
    """Mostly a signature that is missing, or the payment; sometimes a no."""
    contract, chance = amendment.contract, sea.dice.random()
    if chance < 0.05:
        decline_amendment(actor=sea.dice.choice(signers(sea, contract)).actor, public_id=amendment.public_id)
    elif chance < 0.1:
        withdraw_amendment(actor=sea.merchant_of(contract).actor, public_id=amendment.public_id)
    elif amendment.state == AmendmentState.AWAITING_FUNDS:
        pay_it(sea, amendment)
    elif (handover := Handover.objects.filter(amendment=amendment).first()) and sea.dice.random() < 0.6:
        sign_as(sea.dice.choice(signers(sea, handover.successor)), handover.successor)
    else:
        signs(sea.dice.choice(signers(sea, contract)), amendment)


def pay_it(sea: Sea, amendment: Amendment) -> None:
    at = sea.crew.merchants.index(sea.merchant_of(amendment.contract))
    who = sea.dice.choice([sea.crew.merchants[at], sea.crew.colleagues[at]])
    source = sea.dice.choice(["checkout", "checkout", "wallet"])
    pay_amendment(actor=who.actor, public_id=amendment.public_id, source=source, provider="test_bank", key=sea.key())


def pass_the_seat_on(sea: Sea, contract: Contract) -> None:
    """To another anchor, for as much or less, as a merchant proposes it from the candidates of a V task."""
    merchant = sea.merchant_of(contract)
    other = sea.dice.choice([one for one in sea.crew.anchors if one.party.pk != contract.anchor_id])
    fee_minor = contract.gross_minor * sea.dice.choice([20, 50, 99, 100]) // 100
    proposed_to(merchant=merchant, contract=contract.public_id, anchor=other, fee_minor=max(fee_minor, 1))


@use_case
def proposed_to(*, merchant: Person, contract: str, anchor: Person, fee_minor: int) -> Amendment:
    found = lock_contract(merchant.actor, contract)
    if found.state != ContractState.ACTIVE or standing(found) is not None:
        raise NoWorkBeforeFunds
    if found.handovers.filter(state="waiting").exists():
        raise AnotherTakesOver
    require_funds(found)
    work = lock_work(found)
    day = max(found.deal.publish_until, clock.today(found.deal.time_zone))
    successor = draft_successor(
        found,
        work,
        anchor=anchor.party,
        seat=new_id("app"),
        scope="live",
        fee_minor=fee_minor,
        again_on=day,
        by=merchant.actor,
    )
    amendment = draft_substitution(found, work, successor, words="", by=merchant.actor)
    open_handover(found, successor, amendment=amendment)
    return amendment


def signers(sea: Sea, contract: Contract) -> list[Person]:
    anchor = sea.anchor_of(contract)
    return [sea.merchant_of(contract), anchor, *sea.crew.others(anchor)]
