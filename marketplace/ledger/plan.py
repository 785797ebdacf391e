"""A plan says what a journal will do, before anything is touched. Pure; what posts it is `steps/posting.py`."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from marketplace.core.money import Money
from marketplace.ledger.chart import AccountRef


@dataclass(frozen=True, slots=True)
class PlannedLine:
    source: AccountRef
    destination: AccountRef
    money: Money

    def __post_init__(self) -> None:
        if self.money.amount_minor <= 0:
            raise ValueError("a line moves more than nothing")
        if self.source.code == self.destination.code:
            raise ValueError("a line goes somewhere else")


@dataclass(frozen=True, slots=True)
class PlannedUse:
    """`amount_minor` of the lot with this id; negative gives back."""

    lot_id: int
    amount_minor: int


@dataclass(frozen=True, slots=True)
class PlannedLot:
    """A new lot held in `held_in`."""

    public_id: str
    held_in: AccountRef
    provider: str
    charge: str
    money: Money
    charged_at: datetime
    parent_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """One journal. `key` can be used once: posting the same plan again changes nothing, another plan is refused."""

    kind: str
    key: str
    reference: str
    lines: tuple[PlannedLine, ...]
    uses: tuple[PlannedUse, ...] = ()
    lots: tuple[PlannedLot, ...] = ()
    reverses_id: int | None = None

    def __post_init__(self) -> None:
        if not self.lines:
            raise ValueError("a journal without lines records nothing")

    @property
    def input_hash(self) -> str:
        """SHA-256 of everything that the plan does; ids made at random for new lots are left out."""
        parts = [self.kind, self.reference, str(self.reverses_id)]
        for line in self.lines:
            money = line.money
            parts += ["line", line.source.code, line.destination.code, str(money.amount_minor), money.currency]
        for use in self.uses:
            parts += ["use", str(use.lot_id), str(use.amount_minor)]
        for lot in self.lots:
            parts += ["lot", lot.held_in.code, lot.provider, lot.charge, str(lot.money), str(lot.parent_id)]
        # A separator that no part can hold keeps two plans from meeting in one text.
        return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class LotBalance:
    """What a selector says of a lot, for a plan that spends it."""

    id: int
    provider: str
    charge: str
    remaining: Money


@dataclass(frozen=True, slots=True)
class Drawn:
    """Part `share` (its place in a list of shares) takes `money` out of lot `lot_id`."""

    share: int
    lot_id: int
    money: Money


def drawn_from(uses: Iterable[tuple[int, Money]], shares: Iterable[Money]) -> list[Drawn]:
    """Which lot pays which share: shares in their order from lots in theirs. Both sum to the same."""
    left = [[lot_id, money] for lot_id, money in uses]
    drawn: list[Drawn] = []
    for place, share in enumerate(shares):
        missing = share
        while missing:
            lot_id, money = left[0]
            part = min(missing, money)
            drawn.append(Drawn(place, lot_id, part))
            missing, left[0][1] = missing - part, money - part
            if not left[0][1]:
                left.pop(0)
    return drawn


class LotsDoNotCover(ValueError):
    """The lots hold less than the amount that should come from them."""


def oldest_first(lots: Iterable[LotBalance], money: Money) -> tuple[tuple[LotBalance, Money], ...]:
    """Take `money` from `lots` in their order. Raises LotsDoNotCover."""
    taken: list[tuple[LotBalance, Money]] = []
    missing = money
    for lot in lots:
        if not missing:
            break
        part = min(missing, lot.remaining)
        if part:
            taken.append((lot, part))
            missing = missing - part
    if missing:
        raise LotsDoNotCover(f"{missing} are not covered")
    return tuple(taken)
