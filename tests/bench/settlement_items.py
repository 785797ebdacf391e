"""Items to settle: each a contract with its own charge, that releases to a payee, whose money then goes to her bank."""

import secrets
from dataclasses import asdict, dataclass

from marketplace.core import clock
from marketplace.core.money import Money
from marketplace.core.tx import use_case
from marketplace.ledger import chart, plans
from marketplace.ledger.chart import AccountRef, Kind
from marketplace.ledger.models import FundingLot
from marketplace.ledger.plan import Plan
from marketplace.ledger.steps.posting import post_all

PAYEES = 200
PAYS, FEE, VAT = Money(106_360, "CNY"), Money(6_000, "CNY"), Money(360, "CNY")
GROSS = PAYS - FEE - VAT
post_all_now = use_case(post_all)


@dataclass(frozen=True)
class Item:
    """All that a message needs to say."""

    name: str
    payee: str
    lot_id: int

    def as_message(self) -> dict[str, object]:
        return asdict(self)


def paid_in(count: int) -> list[Item]:
    """So many contracts with their money in protected funds; what this costs is nobody's."""
    names = [secrets.token_hex(12) for _ in range(count)]
    post_all_now([_funded(name) for name in names])
    lots = FundingLot.objects.filter(charge__in=names).values_list("charge", "id")
    return [Item(name, f"bench-{number % PAYEES}", lot_id) for number, (name, lot_id) in enumerate(lots)]


def released(item: Item) -> Plan:
    shares = [(payable(item), GROSS), (chart.revenue(), FEE), (chart.tax("vat"), VAT)]
    return plans.released(release=item.name, protected=protected(item.name), shares=shares, uses=[(item.lot_id, PAYS)])


def transferred(item: Item) -> Plan:
    return plans.transferred(transfer=item.name, payable=payable(item), connected=connected(item), money=GROSS)


def sent(item: Item) -> Plan:
    on_its_way = AccountRef(Kind.IN_TRANSIT, item.name)
    return plans.payout_sent(payout=item.name, connected=connected(item), in_transit=on_its_way, money=GROSS)


STEPS = (released, transferred, sent)


def _funded(name: str) -> Plan:
    return plans.contract_funded(
        funding=name,
        protected=protected(name),
        lot_public_id=f"lot_{name}",
        provider="bench",
        charge=name,
        money=PAYS,
        charged_at=clock.now(),
    )


def protected(name: str) -> AccountRef:
    return AccountRef(Kind.PROTECTED, name)


def payable(item: Item) -> AccountRef:
    return AccountRef(Kind.PAYABLE, item.payee)


def connected(item: Item) -> AccountRef:
    return AccountRef(Kind.CONNECTED, item.payee)
