"""VAT on the platform's own fee: dated rates with their source. Which country's rate applies is the operator's to
settle (docs/legal.md): `PLATFORM_VAT_COUNTRY`, empty for none.
"""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Rate:
    country: str
    since: date
    rate_bp: int
    source: str


RATES = (
    Rate("CN", date(2016, 5, 1), 600, "Caishui [2016] No. 36: modern services, general taxpayers, 6 %"),
    Rate("DE", date(2007, 1, 1), 1_900, "UStG §12 (1): 19 %"),
    Rate("FR", date(2014, 1, 1), 2_000, "CGI art. 278: 20 %"),
    Rate("GB", date(2011, 1, 4), 2_000, "VATA 1994 s. 2 (1): 20 %"),
    Rate("SG", date(2024, 1, 1), 900, "GST Act s. 16: 9 %"),
)


def vat_bp(country: str, on: date) -> int:
    """The standard rate of a country on a day, in basis points; 0 for a country (or a day) without one."""
    known = [rate for rate in RATES if rate.country == country and rate.since <= on]
    return max(known, key=lambda rate: rate.since).rate_bp if known else 0


def source_of(rate_bp: int, on: date) -> str:
    """The law behind a rate that was frozen on a day; empty for a rate that no law here knows."""
    known = [rate for rate in RATES if rate.rate_bp == rate_bp and rate.since <= on]
    return max(known, key=lambda rate: rate.since).source if known else ""
