"""The protected funds of a contract: filled, released to payees, sent back. Amounts include platform fee and VAT."""

from collections.abc import Sequence

from marketplace.accounts.models import Party
from marketplace.core.actor import Actor
from marketplace.core.money import Money
from marketplace.core.record import record
from marketplace.core.tx import step
from marketplace.ledger import chart, plans
from marketplace.ledger.plan import drawn_from, oldest_first
from marketplace.ledger.selectors import as_balances, open_lots
from marketplace.ledger.steps.posting import post
from marketplace.payments.events import TransferCreated
from marketplace.payments.models import Refund, Transfer
from marketplace.payments.steps.refunds import start_refund
from marketplace.payments.steps.reserving import move_parts


@step
def protect(*, merchant: Party, contract: str, source: chart.AccountRef, money: Money) -> None:
    """From the merchant's wallet, or from what it set aside for the V task. Raises LotsDoNotCover.

    The caller has locked the merchant.
    """
    move_parts(source, chart.protected(contract, merchant.pk), money, kind="protected", reference=contract)


@step
def release(
    *,
    actor: Actor,
    merchant: Party,
    contract: str,
    release: str,
    payees: Sequence[tuple[Party, Money]],
    platform_fee: Money,
    vat: Money,
    about: str = "",
) -> list[Transfer]:
    """Out of the protected funds, oldest charge first: the payees' parts wait as transfers, one per payee and lot.

    `about` says in words what they are for.
    Raises LotsDoNotCover. The caller has locked the contract.
    """
    account = chart.protected(contract, merchant.pk)
    owed = [(party, money) for party, money in payees if money]
    shares = [(chart.payable(party.public_id, party.pk), money) for party, money in owed]
    shares += [(ref, money) for ref, money in ((chart.revenue(), platform_fee), (chart.tax("vat"), vat)) if money]
    total = Money(sum(money.amount_minor for _ref, money in shares), platform_fee.currency)
    lots = {lot.pk: lot for lot in open_lots(account, total.currency)}
    uses = [(lot.id, part) for lot, part in oldest_first(as_balances(lots.values()), total)]
    post(plans.released(release=release, protected=account, shares=shares, uses=uses))
    return [
        _transfer(actor, owed[drawn.share][0], contract, release, lots[drawn.lot_id], drawn.money, about)
        for drawn in drawn_from(uses, [money for _ref, money in shares])
        if drawn.share < len(owed)
    ]


@step
def refund_protected(*, actor: Actor, merchant: Party, contract: str, money: Money, reason: str) -> list[Refund]:
    """Back to where it came from, oldest charge first. Raises LotsDoNotCover. The caller has locked the contract."""
    lots = list(open_lots(chart.protected(contract, merchant.pk), money.currency))
    by_id = {lot.pk: lot.public_id for lot in lots}
    return [
        start_refund(actor=actor, lot_public_id=by_id[lot.id], money=part, reason=reason)
        for lot, part in oldest_first(as_balances(lots), money)
    ]


def _transfer(actor: Actor, party: Party, contract: str, release: str, lot, money: Money, about: str) -> Transfer:
    transfer = Transfer.objects.create(
        party=party,
        contract=contract,
        release=release,
        about=about,
        lot=lot,
        provider=lot.provider,
        charge=lot.charge,
        amount_minor=money.amount_minor,
        currency=money.currency,
    )
    created = TransferCreated(
        aggregate=transfer.public_id, contract=contract, amount_minor=money.amount_minor, currency=money.currency
    )
    record(created, by=actor)
    return transfer
