"""Where the money of a charge is taken from when the payer's bank takes it back. Pure.

What nobody was promised yet gives first: protected funds of contracts, then what is set aside for V tasks, then the
wallet. What was released already is the merchant's debt; a payee keeps what she has. What is more than the charge is
nobody's that we know of.
"""

from collections.abc import Iterable
from dataclasses import dataclass

ORDER = ("protected", "reserved", "wallet")


@dataclass(frozen=True, slots=True)
class Standing:
    """What is left of a charge in one lot."""

    lot_id: int
    place: str
    remaining_minor: int


@dataclass(frozen=True, slots=True)
class Drawn:
    place: str
    lot_id: int | None
    minor: int


def drawn(taken_minor: int, lots: Iterable[Standing], *, at_most_minor: int) -> list[Drawn]:
    """`taken_minor` out of these lots; `at_most_minor` is what of the charge no other chargeback has taken."""
    within = min(taken_minor, max(at_most_minor, 0))
    left, parts = within, []
    for lot in sorted(lots, key=lambda one: (ORDER.index(one.place), one.lot_id)):
        part = min(left, lot.remaining_minor)
        if part:
            parts.append(Drawn(lot.place, lot.lot_id, part))
            left -= part
    if left:
        parts.append(Drawn("debt", None, left))
    if taken_minor > within:
        parts.append(Drawn("unmatched", None, taken_minor - within))
    return parts
