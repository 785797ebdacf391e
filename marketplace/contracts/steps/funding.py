"""When the whole of what a merchant pays stands in protected funds."""

from marketplace.contracts.errors import NotEnoughSetAside
from marketplace.contracts.events import ContractFunded, PaymentSentBack
from marketplace.contracts.machine import CONTRACT, ContractState, HandoverState
from marketplace.contracts.models import Contract, Handover
from marketplace.contracts.steps.clocks import stop_funding_clock
from marketplace.contracts.steps.paying import CHECKOUT, RESERVE, WALLET, Bill
from marketplace.contracts.steps.working import start_work
from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.core.money import Money
from marketplace.core.record import record
from marketplace.core.tx import step
from marketplace.ledger import chart
from marketplace.ledger.plan import LotsDoNotCover
from marketplace.ledger.selectors import open_lots
from marketplace.payments.models import Approval, Funding, Refund
from marketplace.payments.selectors.chargebacks import was_charged_back
from marketplace.payments.steps.protecting import protect
from marketplace.payments.steps.refunds import start_refund


def is_payable(contract: Contract) -> bool:
    """Signed by all, not paid, and in time. One that takes a seat over is paid by what is left of the other one."""
    waits = contract.state == ContractState.AWAITING_FUNDS and contract.fund_by > clock.now()
    return waits and not Handover.objects.filter(successor=contract, state=HandoverState.WAITING).exists()


def bill_of(contract: Contract, *, by: Actor) -> Bill:
    return Bill(
        kind=Approval.Kind.CONTRACT,
        public_id=contract.public_id,
        names={"contract": contract.public_id},
        contract=contract.public_id,
        money=contract.falls.money("pays"),
        sources=frozenset({CHECKOUT, WALLET, RESERVE}),
        is_payable=is_payable(contract),
        pay_from=lambda source: fund_from(contract, source, by=by),
    )


@step
def fund(contract: Contract, *, by: Actor, source: str) -> None:
    """Work may start. `source` is a payment's public id, wallet or reserve."""
    move = CONTRACT.fire(contract, "fund")
    contract.funded_at, contract.funded_by = clock.now(), source
    contract.save(update_fields=["state", "funded_at", "funded_by"])
    stop_funding_clock(contract)
    start_work(contract)
    pays = contract.falls.money("pays")
    funded = ContractFunded(
        aggregate=contract.public_id, source=source, amount_minor=pays.amount_minor, currency=pays.currency
    )
    record(funded, by=by, move=move)


@step
def receive_payment(contract: Contract, *, funding_public_id: str, by: Actor) -> None:
    """A payment for it arrived and is protected. Twice, or after its end: that one goes back to its source."""
    funding = Funding.objects.get(public_id=funding_public_id)
    if contract.funded_by == funding_public_id:
        return
    if contract.state == ContractState.AWAITING_FUNDS and funding.money == contract.falls.money("pays"):
        if was_charged_back(contract.public_id):  # before we came to it, and for good: there is nothing to work for
            return
        fund(contract, by=by, source=funding_public_id)
        return
    send_payment_back(contract, funding, by=by)


@step
def send_payment_back(contract: Contract, funding: Funding, *, by: Actor) -> None:
    """It was not needed: all of its lot returns to its source."""
    account = chart.protected(contract.public_id, contract.merchant_id)
    for lot in open_lots(account, funding.currency).filter(charge=funding.charge, parent=None):
        money = Money(lot.remaining_minor, lot.currency)
        start_refund(actor=by, lot_public_id=lot.public_id, money=money, reason=Refund.Reason.NOT_NEEDED)
        sent = PaymentSentBack(aggregate=contract.public_id, amount_minor=money.amount_minor, currency=money.currency)
        record(sent, by=by)


@step
def fund_from(contract: Contract, source: str, *, by: Actor) -> None:
    """From the merchant's wallet, or from what is set aside for the V task. Raises NotEnoughSetAside.

    The caller has locked the merchant.
    """
    merchant = contract.merchant
    accounts = {
        WALLET: chart.wallet(merchant.public_id, merchant.pk),
        RESERVE: chart.reserved(contract.subject, merchant.pk),
    }
    try:
        protect(
            merchant=merchant, contract=contract.public_id, source=accounts[source], money=contract.falls.money("pays")
        )
    except LotsDoNotCover:
        raise NotEnoughSetAside(amount=str(contract.falls.money("pays"))) from None
    fund(contract, by=by, source=source)
