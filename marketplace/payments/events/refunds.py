"""Money back to the charge that it came from."""

from dataclasses import dataclass

from marketplace.core.domain_event import DomainEvent


@dataclass(frozen=True, kw_only=True)
class RefundRequested(DomainEvent):
    name = "refund.requested"
    amount_minor: int
    currency: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class RefundSent(DomainEvent):
    name = "refund.sent"
    handled = False
    provider_refund: str


@dataclass(frozen=True, kw_only=True)
class RefundDone(DomainEvent):
    name = "refund.done"


@dataclass(frozen=True, kw_only=True)
class RefundReturned(DomainEvent):
    """The provider refused for good; the money is in the wallet again."""

    name = "refund.returned"
    why: str
