"""Who pays what and who receives what of a fee, to the cent. Frozen on the contract before anyone signs.

The merchant pays the agreed fee, the platform's fee on top of it, and VAT on the platform's fee. The anchor's side
receives the agreed fee; her agency's share is taken from it, as agreed between those two.
"""

from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Self

from marketplace.core.money import Money

PLATFORM_FEE_BP = 500  # 5 % on top, paid by the merchant (domain: money, fees)
CPS_FEE_BP = 1_000  # 10 % of a commission, subtracted


@dataclass(frozen=True, slots=True, kw_only=True)
class Waterfall:
    """Minor units of `currency`; rates in basis points."""

    currency: str
    gross_minor: int
    platform_fee_bp: int
    platform_fee_minor: int
    vat_bp: int
    vat_minor: int
    pays_minor: int
    agency_share_bp: int
    agency_minor: int
    withheld_minor: int
    anchor_minor: int

    def as_json(self) -> dict[str, object]:
        return asdict(self)

    @classmethod
    def from_json(cls, data: dict) -> Self:
        return cls(**data)

    def money(self, name: str) -> Money:
        return Money(getattr(self, f"{name}_minor"), self.currency)


def waterfall(
    gross: Money, *, vat_bp: int, agency_share_bp: int = 0, platform_fee_bp: int = PLATFORM_FEE_BP
) -> Waterfall:
    """What falls where. `pays = gross + fee + VAT` and `gross = agency + withheld + anchor`, always."""
    fee = gross.share(Decimal(platform_fee_bp) / 10_000)
    vat = fee.share(Decimal(vat_bp) / 10_000)
    agency = gross.share(Decimal(agency_share_bp) / 10_000)
    return Waterfall(
        currency=gross.currency,
        gross_minor=gross.amount_minor,
        platform_fee_bp=platform_fee_bp,
        platform_fee_minor=fee.amount_minor,
        vat_bp=vat_bp,
        vat_minor=vat.amount_minor,
        pays_minor=(gross + fee + vat).amount_minor,
        agency_share_bp=agency_share_bp,
        agency_minor=agency.amount_minor,
        withheld_minor=0,
        anchor_minor=(gross - agency).amount_minor,
    )
