"""What each kind of journal does. Pure functions from facts to a Plan; the sums are in here and nowhere else."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from marketplace.core.money import Money
from marketplace.ledger.chart import AccountRef, clearing, suspense, world
from marketplace.ledger.plan import Plan, PlannedLine, PlannedLot, PlannedUse


def top_up(
    *,
    funding: str,
    wallet: AccountRef,
    lot_public_id: str,
    provider: str,
    charge: str,
    money: Money,
    charged_at: datetime,
) -> Plan:
    """A charge arrived: from the world into a merchant's wallet, as a lot."""
    return Plan(
        kind="top_up",
        key=f"top_up:{provider}:{charge}",
        reference=funding,
        lines=(PlannedLine(world(provider), wallet, money),),
        lots=(PlannedLot(lot_public_id, wallet, provider, charge, money, charged_at),),
    )


def unmatched(*, reference: str, provider: str, charge: str, money: Money) -> Plan:
    """A charge arrived that is not what we asked for: it waits in suspense for a person."""
    return Plan(
        kind="unmatched",
        key=f"unmatched:{provider}:{charge}",
        reference=reference,
        lines=(PlannedLine(world(provider), suspense(), money),),
    )


def refund_started(*, refund: str, wallet: AccountRef, provider: str, lot_id: int, money: Money) -> Plan:
    """On its way back to its source: out of the wallet and of its lot, not yet confirmed by the provider."""
    return Plan(
        kind="refund_started",
        key=f"refund_started:{refund}",
        reference=refund,
        lines=(PlannedLine(wallet, clearing(provider), money),),
        uses=(PlannedUse(lot_id, money.amount_minor),),
    )


def refund_done(*, refund: str, provider: str, money: Money) -> Plan:
    """The provider confirmed: it has left us."""
    return Plan(
        kind="refund_done",
        key=f"refund_done:{refund}",
        reference=refund,
        lines=(PlannedLine(clearing(provider), world(provider), money),),
    )


def refund_returned(*, refund: str, wallet: AccountRef, provider: str, lot_id: int, money: Money) -> Plan:
    """The provider refused for good: back into the wallet and its lot."""
    return Plan(
        kind="refund_returned",
        key=f"refund_returned:{refund}",
        reference=refund,
        lines=(PlannedLine(clearing(provider), wallet, money),),
        uses=(PlannedUse(lot_id, -money.amount_minor),),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What a move takes of one lot, and the child lot that it becomes."""

    lot_id: int
    child: str
    provider: str
    charge: str
    money: Money
    charged_at: datetime


def set_aside(
    *, kind: str, key: str, task: str, source: AccountRef, destination: AccountRef, parts: Sequence[Part]
) -> Plan:
    """Wallet money into the reserve of a V task, or back: each part keeps its charge and its clock."""
    total = Money(sum(part.money.amount_minor for part in parts), parts[0].money.currency)
    return Plan(
        kind=kind,
        key=key,
        reference=task,
        lines=(PlannedLine(source, destination, total),),
        uses=tuple(PlannedUse(part.lot_id, part.money.amount_minor) for part in parts),
        lots=tuple(
            PlannedLot(part.child, destination, part.provider, part.charge, part.money, part.charged_at, part.lot_id)
            for part in parts
        ),
    )


def reversal(*, of: Plan, journal_id: int) -> Plan:
    """The opposite of a posted plan: the only way to correct one."""
    return Plan(
        kind=f"reversal_of_{of.kind}",
        key=f"reversal:{of.key}",
        reference=of.reference,
        lines=tuple(PlannedLine(line.destination, line.source, line.money) for line in of.lines),
        uses=tuple(PlannedUse(use.lot_id, -use.amount_minor) for use in of.uses),
        reverses_id=journal_id,
    )
