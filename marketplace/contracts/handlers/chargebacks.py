"""A payer's bank took back money of contracts: they stand still, go on, or end; what we know of them is evidence."""

from marketplace.accounts.models import Party
from marketplace.contracts.events import ContractFrozen, ContractThawed
from marketplace.contracts.handlers.telling import get, sides, tell
from marketplace.contracts.models import Contract, Deliverable
from marketplace.contracts.selectors.evidence import evidence_of
from marketplace.contracts.steps.charging_back import end_by_chargeback, go_on, stand_still
from marketplace.contracts.steps.locks import lock_contract
from marketplace.contracts.steps.releasing import funds_are_frozen
from marketplace.contracts.steps.working import lock_work
from marketplace.core.actor import Actor, Source
from marketplace.core.locks import lock
from marketplace.core.models import Event
from marketplace.core.money import Money
from marketplace.core.outbox.registry import handles
from marketplace.core.record import record
from marketplace.payments.events import (
    ChargebackClosed,
    ChargebackOpened,
    ChargebackReinstated,
    ChargebackTaken,
    EvidenceWanted,
)
from marketplace.payments.models import Chargeback, ChargebackPart
from marketplace.payments.selectors.chargebacks import contracts_behind
from marketplace.payments.steps.evidence import known_of_the_payer, put_down

SYSTEM = Actor.system("contracts", Source.SYSTEM)


@handles(ChargebackOpened, EvidenceWanted)
def gather_evidence(event: Event) -> None:
    """Of every contract that the payment was for, paid out or not."""
    related = Chargeback.objects.select_related("party", "funding__asked_by", "evidence")
    found = lock(related.filter(public_id=event.aggregate), "chargeback")[0]
    contracts = Contract.objects.filter(public_id__in=contracts_behind(found)).select_related("merchant", "anchor")
    put_down(found.evidence, known_of_the_payer(found) | evidence_of(contracts.order_by("id")))


@handles(ChargebackTaken)
def let_contracts_stand_still(event: Event) -> None:
    for contract, work in _locked(event):
        if not funds_are_frozen(contract):
            continue  # it came back meanwhile
        stand_still(contract, work)
        held = ChargebackPart.objects.frozen(contract.public_id).values_list("amount_minor", flat=True)
        frozen = ContractFrozen(
            aggregate=contract.public_id, chargeback=event.aggregate, amount_minor=sum(held), currency=contract.currency
        )
        record(frozen, by=SYSTEM)


@handles(ChargebackReinstated)
def let_contracts_go_on(event: Event) -> None:
    for contract, work in _locked(event):
        if not funds_are_frozen(contract):
            go_on(contract, work, by=SYSTEM)
            record(ContractThawed(aggregate=contract.public_id, chargeback=event.aggregate), by=SYSTEM)


@handles(ChargebackClosed)
def end_contracts(event: Event) -> None:
    """Of a chargeback that was lost."""
    if event.data["contracts"]:
        party = Chargeback.objects.values_list("party_id", flat=True).get(public_id=event.aggregate)
        [merchant] = lock(Party.objects.filter(pk=party), "party")
        for contract, work in _locked(event):
            end_by_chargeback(contract, work, merchant, by=SYSTEM)


@handles(ContractFrozen)
def tell_frozen(event: Event) -> None:
    contract = get(event.aggregate)
    tell(contract, sides(contract), "contract_frozen", amount=str(Money(event.data["amount_minor"], contract.currency)))


@handles(ContractThawed)
def tell_thawed(event: Event) -> None:
    contract = get(event.aggregate)
    tell(contract, sides(contract), "contract_thawed")


def _locked(event: Event) -> list[tuple[Contract, list[Deliverable]]]:
    """All that the event names, each with its work: contracts first, as the order of locks wants it."""
    known = Contract.objects.filter(public_id__in=event.data["contracts"]).order_by("id")
    contracts = [lock_contract(SYSTEM, public_id) for public_id in known.values_list("public_id", flat=True)]
    return [(contract, lock_work(contract)) for contract in contracts]
