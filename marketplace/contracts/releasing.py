"""What one release of a contract's fee gives to whom, so that all releases together give the waterfall to the cent.

Every share is rounded on what has been released so far, not on the part: what earlier parts lost, later ones gain.
"""

from dataclasses import dataclass, fields, replace
from typing import Self

from marketplace.contracts.waterfall import Waterfall
from marketplace.core.money import Money

PARTS = ("gross_minor", "platform_fee_minor", "vat_minor", "agency_minor", "withheld_minor", "anchor_minor")


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """Minor units of `currency`. `gross = agency + withheld + anchor`; out of the funds go `gross + fee + VAT`."""

    currency: str
    gross_minor: int
    platform_fee_minor: int
    vat_minor: int
    agency_minor: int
    withheld_minor: int
    anchor_minor: int

    @property
    def total(self) -> Money:
        return Money(self.gross_minor + self.platform_fee_minor + self.vat_minor, self.currency)

    def __add__(self, other: Self) -> Self:
        names = (field.name for field in fields(self) if field.name != "currency")
        return replace(self, **{name: getattr(self, name) + getattr(other, name) for name in names})

    def money(self, name: str) -> Money:
        return Money(getattr(self, f"{name}_minor"), self.currency)


def parts_of(falls: Waterfall, *, before_minor: int, gross_minor: int) -> Parts:
    """The parts of a release of `gross_minor` after `before_minor` of the fee. Raises ValueError beyond the fee."""
    after_minor = before_minor + gross_minor
    if gross_minor <= 0 or before_minor < 0 or after_minor > falls.gross_minor:
        raise ValueError("a release lies within the fee")

    def part(whole: int) -> int:
        return _so_far(whole, after_minor, falls.gross_minor) - _so_far(whole, before_minor, falls.gross_minor)

    agency, withheld = part(falls.agency_minor), part(falls.withheld_minor)
    return Parts(
        currency=falls.currency,
        gross_minor=gross_minor,
        platform_fee_minor=part(falls.platform_fee_minor),
        vat_minor=part(falls.vat_minor),
        agency_minor=agency,
        withheld_minor=withheld,
        anchor_minor=gross_minor - agency - withheld,
    )


def rest_of(falls: Waterfall, settled_minor: int) -> Parts:
    """What is left of a fee of which `settled_minor` was released or given back; nothing where nothing is."""
    if falls.gross_minor == settled_minor:
        return Parts(currency=falls.currency, **dict.fromkeys(PARTS, 0))
    return parts_of(falls, before_minor=settled_minor, gross_minor=falls.gross_minor - settled_minor)


def _so_far(whole: int, done: int, total: int) -> int:
    """`whole` in the proportion `done / total`, rounded down: the last part brings the rest."""
    return whole * done // total
