"""The money for a higher fee: its bill, and what happens when it is there."""

from marketplace.contracts.errors import AmendmentOvertaken, NotEnoughSetAside
from marketplace.contracts.models import Amendment
from marketplace.contracts.steps.amending import close, fits, is_payable, take_effect
from marketplace.contracts.steps.funding import send_payment_back
from marketplace.contracts.steps.paying import CHECKOUT, RESERVE, WALLET, Bill
from marketplace.contracts.steps.working import lock_work
from marketplace.core.actor import Actor
from marketplace.core.tx import step
from marketplace.ledger import chart
from marketplace.ledger.plan import LotsDoNotCover
from marketplace.payments.models import Approval, Funding
from marketplace.payments.steps.protecting import protect


def bill_of_amendment(amendment: Amendment, *, by: Actor) -> Bill:
    return Bill(
        kind=Approval.Kind.AMENDMENT,
        public_id=amendment.public_id,
        names={"amendment": amendment.public_id},
        contract=amendment.contract.public_id,
        part=amendment.public_id,
        money=amendment.pays,
        sources=frozenset({CHECKOUT, WALLET, RESERVE}),
        is_payable=is_payable(amendment),
        pay_from=lambda source: take_from(amendment, source, by=by),
    )


@step
def take_from(amendment: Amendment, source: str, *, by: Actor) -> None:
    """From the merchant's wallet, or from what is set aside for the V task. Raises NotEnoughSetAside,
    AmendmentOvertaken. The caller has locked the merchant and the contract.
    """
    contract = amendment.contract
    merchant, work = contract.merchant, lock_work(contract)
    if not fits(amendment, work):
        raise AmendmentOvertaken
    accounts = {
        WALLET: chart.wallet(merchant.public_id, merchant.pk),
        RESERVE: chart.reserved(contract.subject, merchant.pk),
    }
    try:
        protect(merchant=merchant, contract=contract.public_id, source=accounts[source], money=amendment.pays)
    except LotsDoNotCover:
        raise NotEnoughSetAside(amount=str(amendment.pays)) from None
    take_effect(amendment, work, by=by, transition="fund", source=source)


@step
def receive_amendment_payment(amendment: Amendment, *, funding_public_id: str, by: Actor) -> None:
    """A payment for it arrived and is protected. Twice, too late, or for what no longer fits: it goes back."""
    if amendment.funded_by == funding_public_id:
        return
    funding = Funding.objects.get(public_id=funding_public_id)
    contract = amendment.contract
    work = lock_work(contract)
    if not is_payable(amendment) or funding.money != amendment.pays:
        send_payment_back(contract, funding, by=by)
    elif not fits(amendment, work):
        close(amendment, "overtake", by=by)
        send_payment_back(contract, funding, by=by)
    else:
        take_effect(amendment, work, by=by, transition="fund", source=funding_public_id)
