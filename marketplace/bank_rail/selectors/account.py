from dataclasses import dataclass

from django.conf import settings


@dataclass(frozen=True, slots=True)
class OurAccount:
    """Where a payer transfers to."""

    holder: str
    bank: str
    number: str


def platform_account() -> OurAccount:
    return OurAccount(
        settings.BANK_RAIL_ACCOUNT_HOLDER, settings.BANK_RAIL_ACCOUNT_BANK, settings.BANK_RAIL_ACCOUNT_NUMBER
    )
