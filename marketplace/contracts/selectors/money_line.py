"""Where every cent of a contract is now: one line for all its sides, computed from the books.

Protected is what the ledger says; released, held, moving and paid are what became of each release; both together
must be what was paid in, or the line says by how much they are not.
"""

from dataclasses import dataclass, field

from django.db.models import Sum

from marketplace.accounts.models import Party
from marketplace.contracts.machine import ContractState
from marketplace.contracts.models import Contract
from marketplace.contracts.selectors.extra_rounds import bought_rounds
from marketplace.core.money import Money
from marketplace.ledger import chart
from marketplace.ledger.selectors import balance_of
from marketplace.payments.models import Refund, Transfer
from marketplace.payments.selectors import place_of
from marketplace.payments.selectors.chargebacks import held_of
from marketplace.payments.selectors.debts import settled_by_contract, withheld_by_contract

PLACES = ("released", "hold", "transit", "paid")


@dataclass(slots=True)
class Share:
    """What one payee has of it, by place; the transfers that are on hold say why."""

    party: Party
    money: dict[str, int] = field(default_factory=lambda: dict.fromkeys(PLACES, 0))
    held: list[Transfer] = field(default_factory=list)

    @property
    def total_minor(self) -> int:
        return sum(self.money.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class MoneyLine:
    """Minor units of `currency`. `paid_in` is nought before the contract is funded; `rounds` is the part of it that
    was paid for further rounds of changes. `protected` counts what the payer's bank holds while it decides, `gone_back`
    what it kept and what covered the merchant's debts.
    """

    currency: str
    paid_in_minor: int
    rounds_minor: int
    protected_minor: int
    fee_minor: int
    shares: list[Share]
    going_back_minor: int
    gone_back_minor: int
    moved_minor: int

    def at(self, place: str) -> int:
        return sum(share.money[place] for share in self.shares)

    @property
    def off_by_minor(self) -> int:
        """Nought, or the books are wrong."""
        placed = self.protected_minor + self.fee_minor + self.going_back_minor + self.gone_back_minor + self.moved_minor
        return self.paid_in_minor - placed - sum(share.total_minor for share in self.shares)

    def money(self, minor: int) -> Money:
        return Money(minor, self.currency)


def money_line_of(contract: Contract) -> MoneyLine:
    """The caller has scoped the contract to its reader."""
    account = chart.protected(contract.public_id, contract.merchant_id)
    fees = sum(one.platform_fee_minor + one.vat_minor for one in contract.releases.all())
    back = Refund.objects.filter(lot__held_in__code=account.code).exclude(reason=Refund.Reason.NOT_NEEDED)
    rounds = sum(one.pays.amount_minor for one in bought_rounds(contract))
    changes = sum(one.pays.amount_minor for one in contract.amendments.all() if one.funded_by)
    held, kept = held_of(contract.public_id, contract.currency)
    amounts = dict.fromkeys(("submitting", "sent", "done", "returned"), 0)
    for state, amount in back.values_list("state", "amount_minor"):
        amounts[state] += amount
    return MoneyLine(
        currency=contract.currency,
        paid_in_minor=contract.signed_falls.pays_minor + rounds + changes if contract.funded_at else 0,
        rounds_minor=rounds,
        protected_minor=(balance_of(account, contract.currency) + held).amount_minor,
        fee_minor=fees,
        shares=shares_of(contract),
        going_back_minor=amounts["submitting"] + amounts["sent"],
        moved_minor=_moved_minor(contract),
        gone_back_minor=amounts["done"] + kept.amount_minor + settled_by_contract(contract.public_id),
    )


def _moved_minor(contract: Contract) -> int:
    """What went on with the seat, where another anchor took it over."""
    if contract.state != ContractState.CANCELLED:
        return 0
    return contract.handovers.aggregate(sum=Sum("moved_minor"))["sum"] or 0


def shares_of(contract: Contract) -> list[Share]:
    payees = [party for party in (contract.anchor, contract.agency) if party is not None]
    shares = {party.pk: Share(party) for party in payees}
    for transfer in Transfer.objects.filter(contract=contract.public_id).order_by("id"):
        share, place = shares[transfer.party_id], place_of(transfer)
        share.money[place] += transfer.amount_minor
        if place == "hold":
            share.held.append(transfer)
    for party_id, minor in withheld_by_contract(contract.public_id).items():
        shares[party_id].money["paid"] += minor  # it paid what she owed us
    return list(shares.values())
