"""The money for a further round: its bill, and what happens when it is there."""

from marketplace.contracts.errors import NotEnoughSetAside
from marketplace.contracts.machine import AT_WORK, ExtraRoundState
from marketplace.contracts.models import ExtraRound
from marketplace.contracts.steps.extra_rounds import take_up
from marketplace.contracts.steps.funding import send_payment_back
from marketplace.contracts.steps.paying import CHECKOUT, WALLET, Bill
from marketplace.core.actor import Actor
from marketplace.core.tx import step
from marketplace.ledger import chart
from marketplace.ledger.plan import LotsDoNotCover
from marketplace.ledger.selectors import open_lots
from marketplace.payments.models import Approval, Funding
from marketplace.payments.steps.protecting import protect


def is_payable(extra_round: ExtraRound) -> bool:
    """Asked for, and the review that it was asked in still runs: whatever ends that lets it lapse."""
    return extra_round.state == ExtraRoundState.ASKED and extra_round.contract.state in AT_WORK


def bill_of_round(extra_round: ExtraRound, *, by: Actor) -> Bill:
    """Not out of what is set aside for the V task: that is for its seats."""
    return Bill(
        kind=Approval.Kind.ROUND,
        public_id=extra_round.public_id,
        names={"extra_round": extra_round.public_id},
        contract=extra_round.contract.public_id,
        part=extra_round.public_id,
        money=extra_round.pays,
        sources=frozenset({CHECKOUT, WALLET}),
        is_payable=is_payable(extra_round),
        pay_from=lambda source: take_from_wallet(extra_round, by=by),
    )


@step
def take_from_wallet(extra_round: ExtraRound, *, by: Actor) -> None:
    """Raises NotEnoughSetAside. The caller has locked the merchant."""
    contract = extra_round.contract
    merchant = contract.merchant
    try:
        lots = protect(
            merchant=merchant,
            contract=contract.public_id,
            source=chart.wallet(merchant.public_id, merchant.pk),
            money=extra_round.pays,
        )
    except LotsDoNotCover:
        raise NotEnoughSetAside(amount=str(extra_round.pays)) from None
    take_up(extra_round, by=by, source=WALLET, lots=lots)


@step
def receive_round_payment(extra_round: ExtraRound, *, funding_public_id: str, by: Actor) -> None:
    """A payment for it arrived and is protected. Twice, or after the review that it was for: it goes back."""
    if extra_round.funded_by == funding_public_id:
        return
    funding = Funding.objects.get(public_id=funding_public_id)
    contract = extra_round.contract
    if not is_payable(extra_round) or funding.money != extra_round.pays:
        send_payment_back(contract, funding, by=by)
        return
    account = chart.protected(contract.public_id, contract.merchant_id)
    arrived = open_lots(account, funding.currency).filter(provider=funding.provider, charge=funding.charge, parent=None)
    take_up(extra_round, by=by, source=funding_public_id, lots=list(arrived.values_list("public_id", flat=True)))
