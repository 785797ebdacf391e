"""The protected funds of a contract: filled, released to payees, sent back. Amounts include platform fee and VAT."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

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
from marketplace.payments.steps.debts import require_no_debt, withhold
from marketplace.payments.steps.refunds import start_refund
from marketplace.payments.steps.reserving import move_parts


@dataclass(frozen=True, slots=True)
class Lots:
    """Which of the lots in a contract's protected funds: those named, or all but those named (public ids)."""

    named: Collection[str] = ()
    others: bool = True

    def of(self, account: chart.AccountRef, currency: str) -> QuerySet:
        """Those of them that are open, oldest charge first."""
        held = open_lots(account, currency)
        return held.exclude(public_id__in=self.named) if self.others else held.filter(public_id__in=self.named)


ALL = Lots()


@step
def protect(*, merchant: Party, contract: str, source: chart.AccountRef, money: Money) -> list[str]:
    """From the merchant's wallet, or from what it set aside for the V task; returns the lots that carry it now.

    Raises LotsDoNotCover, InDebt. The caller has locked the merchant.
    """
    if source.kind == chart.Kind.WALLET:
        require_no_debt(merchant.pk)
    return move_parts(source, chart.protected(contract, merchant.pk), money, kind="protected", reference=contract)


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
    lots: Lots = ALL,
    is_round: bool = False,
) -> list[Transfer]:
    """Out of the protected funds, oldest charge first: the payees' parts wait as transfers, one per payee and lot.
    What a payee owes us stays here.

    `about` says in words what they are for, and `is_round` that it is a further round of changes.
    Raises LotsDoNotCover. The caller has locked the contract.
    """
    account = chart.protected(contract, merchant.pk)
    owed = [(party, money) for party, money in payees if money]
    shares = [(chart.payable(party.public_id, party.pk), money) for party, money in owed]
    shares += [(ref, money) for ref, money in ((chart.revenue(), platform_fee), (chart.tax("vat"), vat)) if money]
    total = Money(sum(money.amount_minor for _ref, money in shares), platform_fee.currency)
    held = {lot.pk: lot for lot in lots.of(account, total.currency)}
    uses = [(lot.id, part) for lot, part in oldest_first(as_balances(held.values()), total)]
    post(plans.released(release=release, protected=account, shares=shares, uses=uses))
    left = [withhold(party, money, contract=contract, release=release) for party, money in owed]
    transfers = []
    for drawn in drawn_from(uses, [money for _ref, money in shares]):
        if drawn.share >= len(owed):
            continue
        kept = min(left[drawn.share], drawn.money)
        left[drawn.share] -= kept
        if sent := drawn.money - kept:
            payee, lot = owed[drawn.share][0], held[drawn.lot_id]
            transfers.append(_transfer(actor, payee, contract, release, lot, sent, about, is_round=is_round))
    return transfers


@step
def refund_protected(
    *, actor: Actor, merchant: Party, contract: str, money: Money, reason: str, lots: Lots = ALL
) -> list[Refund]:
    """Back to where it came from, oldest charge first. Raises LotsDoNotCover. The caller has locked the contract."""
    held = list(lots.of(chart.protected(contract, merchant.pk), money.currency))
    by_id = {lot.pk: lot.public_id for lot in held}
    return [
        start_refund(actor=actor, lot_public_id=by_id[lot.id], money=part, reason=reason)
        for lot, part in oldest_first(as_balances(held), money)
    ]


def _transfer(
    actor: Actor, party: Party, contract: str, release: str, lot, money: Money, about: str, *, is_round: bool
) -> Transfer:
    transfer = Transfer.objects.create(
        party=party,
        contract=contract,
        release=release,
        about=about,
        is_round=is_round,
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
