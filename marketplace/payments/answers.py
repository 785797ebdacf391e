"""The shapes of a provider's answers, whoever the provider is. Pure: services know these and no gateway."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from marketplace.core.money import Money


@dataclass(frozen=True, slots=True)
class Fee:
    """What the provider keeps for itself, by as many lines of its books as it has drawn so far: what has fewer is
    older. Below nought it gives back."""

    money: Money
    lines: int


@dataclass(frozen=True, slots=True)
class Charge:
    """Without a `fee` the provider does not say yet."""

    id: str
    money: Money
    created_at: datetime
    fee: Fee | None = None


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
    """`status` is pending, succeeded or failed; failed also after it had succeeded."""

    id: str
    status: str
    reference: str
    charge: str
    money: Money
    failure: str
    fee: Fee | None = None


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
class ProviderReversal:
    """A transfer taken back, done the moment that it exists."""

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


class ChargebackStatus(StrEnum):
    """Where a chargeback is at the provider, in the order in which it gets there."""

    INQUIRY = "inquiry"
    NEEDS_RESPONSE = "needs_response"
    UNDER_REVIEW = "under_review"
    CLOSED = "closed"
    WON = "won"
    LOST = "lost"

    @property
    def rank(self) -> int:
        return min(list(ChargebackStatus).index(self), 3)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderChargeback:
    """`reference` is that of the payment. `taken` is what the provider took and has not given back, `fee` what it keeps
    for itself, `lines` how many lines of its books that is the sum of: what has fewer is older. `submissions` counts
    how often evidence was handed in.
    """

    id: str
    status: ChargebackStatus
    charge: str
    reference: str
    money: Money
    taken: Money
    fee: Money
    lines: int
    reason: str
    due_at: datetime | None
    submissions: int
    created_at: datetime


@dataclass(frozen=True, slots=True)
class ProviderEvent:
    """Something changed at the provider."""

    id: str
    type: str
    payload: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Subject:
    """What an event speaks of: `kind` is checkout, refund, transfer, payout, payee or chargeback, `account` the payee's
    account at the provider where the thing is on hers."""

    kind: str
    id: str
    account: str = ""
