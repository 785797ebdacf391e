"""Money of a contract: to be paid, protected, released, sent back."""

from marketplace.contracts.events import (
    ContractCompleted,
    ContractConcluded,
    ContractFunded,
    FundingReminded,
    FundsReleased,
    PaymentSentBack,
    TransferAwaited,
)
from marketplace.contracts.handlers.telling import anchor_side_of, day_in, facts, get, path, payers, sides, tell
from marketplace.contracts.machine import ContractState
from marketplace.contracts.models import Contract, Release
from marketplace.contracts.steps.ageing import end_by_age
from marketplace.contracts.steps.amendment_payment import receive_amendment_payment
from marketplace.contracts.steps.funding import receive_payment
from marketplace.contracts.steps.locks import lock_amendment, lock_contract, lock_round
from marketplace.contracts.steps.round_payment import receive_round_payment
from marketplace.contracts.steps.working import lock_work
from marketplace.core.actor import Actor, Source
from marketplace.core.models import Event
from marketplace.core.money import Money
from marketplace.core.outbox.registry import handles
from marketplace.notifications.steps.notify import notify
from marketplace.payments.events import ContractPaid, ProtectedLotDue

SYSTEM = Actor.system("contracts", Source.SYSTEM)


@handles(ContractPaid)
def take_payment(event: Event) -> None:
    part = event.data.get("part", "")
    if part.startswith("exr_"):
        receive_round_payment(lock_round(SYSTEM, part), funding_public_id=event.aggregate, by=SYSTEM)
    elif part:
        receive_amendment_payment(lock_amendment(SYSTEM, part), funding_public_id=event.aggregate, by=SYSTEM)
    else:
        contract = lock_contract(SYSTEM, event.data["contract"])
        receive_payment(contract, funding_public_id=event.aggregate, by=SYSTEM)


@handles(ProtectedLotDue)
def decide_by_age(event: Event) -> None:
    contract = lock_contract(SYSTEM, event.data["contract"])
    end_by_age(contract, lock_work(contract), by=SYSTEM)


@handles(ContractConcluded)
def ask_for_payment(event: Event) -> None:
    contract = get(event.aggregate)
    if contract.state == ContractState.AWAITING_FUNDS:
        tell_payers(contract, "contract_to_pay")


@handles(FundingReminded)
def remind_of_payment(event: Event) -> None:
    tell_payers(get(event.aggregate), "contract_pay_soon", hours=event.data["hours_left"])


@handles(TransferAwaited)
def tell_of_days_more(event: Event) -> None:
    """Those who wait are told too: their week was planned by the first date."""
    contract = get(event.aggregate)
    tell(contract, sides(contract), "contract_pay_longer", pay_by=day_in(contract, contract.fund_by))


@handles(ContractFunded)
def tell_funded(event: Event) -> None:
    contract = get(event.aggregate)
    tell(contract, sides(contract), "contract_funded", amount=str(contract.falls.money("pays")))


@handles(PaymentSentBack)
def tell_sent_back(event: Event) -> None:
    tell_payers(get(event.aggregate), "contract_payment_sent_back", amount=money_of(event, "amount_minor"))


@handles(FundsReleased)
def tell_payees(event: Event) -> None:
    """Each payee her own part."""
    contract = get(event.aggregate)
    released = Release.objects.get(public_id=event.data["release"])
    parts = {contract.anchor_id: released.money("anchor"), contract.agency_id: released.money("agency")}
    for party in anchor_side_of(contract):
        if parts[party.pk]:
            said = facts(contract) | {"amount": str(parts[party.pk])}
            kind = "round_released" if released.extra_round_id else "funds_released"
            notify(payers(party), kind, facts=said, path=path(contract), party=party)


@handles(ContractCompleted)
def tell_completed(event: Event) -> None:
    contract = get(event.aggregate)
    tell(contract, sides(contract), "contract_completed")


def tell_payers(contract: Contract, kind: str, **more: object) -> None:
    pay_by = day_in(contract, contract.fund_by)
    said = facts(contract) | {"amount": str(contract.falls.money("pays")), "pay_by": pay_by} | more
    notify(payers(contract.merchant), kind, facts=said, path=path(contract), party=contract.merchant)


def money_of(event: Event, name: str) -> str:
    return str(Money(event.data[name], event.data["currency"]))
