"""The shapes of a provider's answers, whoever the provider is. Pure: services know these and no gateway."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from marketplace.core.money import Money


@dataclass(frozen=True, slots=True)
class Charge:
    id: str
    money: Money
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Checkout:
    """`status` is open, processing, paid, declined, expired or cancelled."""

    id: str
    status: str
    url: str
    reference: str
    money: Money
    charge: Charge | None


@dataclass(frozen=True, slots=True)
class ProviderRefund:
    """`status` is pending, succeeded or failed."""

    id: str
    status: str
    reference: str
    charge: str
    money: Money
    failure: str


class Wanted(StrEnum):
    """What a provider still wants of a payee."""

    PERSON = "person"
    BUSINESS = "business"
    PAPERS = "papers"
    BANK = "bank"
    TERMS = "terms"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class ProviderPayee:
    """Whom the provider pays. Of her account outside it says the last four digits and a `fingerprint`: the same for the
    same number."""

    id: str
    reference: str
    holder: str
    bank_name: str
    last4: str
    fingerprint: str
    payouts_enabled: bool
    wanted: tuple[Wanted, ...] = ()


@dataclass(frozen=True, slots=True)
class ProviderTransfer:
    """Done the moment that it exists."""

    id: str
    reference: str
    money: Money


@dataclass(frozen=True, slots=True)
class ProviderPayout:
    """`status` is in_transit, paid or failed; failed also after it was paid."""

    id: str
    status: str
    reference: str
    money: Money
    last4: str
    failure: str


@dataclass(frozen=True, slots=True)
class ProviderEvent:
    """Something changed at the provider."""

    id: str
    type: str
    payload: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Subject:
    """What an event speaks of: `kind` is checkout, refund, transfer, payout or payee, `account` the payee's account at
    the provider where the thing is on hers."""

    kind: str
    id: str
    account: str = ""
