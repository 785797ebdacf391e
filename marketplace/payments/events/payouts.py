"""From a payee's account at the provider to her bank."""

from dataclasses import dataclass

from marketplace.core.domain_event import DomainEvent


@dataclass(frozen=True, kw_only=True)
class PayoutRequested(DomainEvent):
    name = "payout.requested"
    amount_minor: int
    currency: str
    attempt: int


@dataclass(frozen=True, kw_only=True)
class PayoutHeld(DomainEvent):
    name = "payout.held"
    handled = False
    hold: str
    until: str


@dataclass(frozen=True, kw_only=True)
class PayoutLetGo(DomainEvent):
    name = "payout.let_go"


@dataclass(frozen=True, kw_only=True)
class PayoutSubmitted(DomainEvent):
    name = "payout.submitted"
    handled = False


@dataclass(frozen=True, kw_only=True)
class PayoutSent(DomainEvent):
    """In transit to the payee's bank."""

    name = "payout.sent"
    provider_payout: str


@dataclass(frozen=True, kw_only=True)
class PayoutPaid(DomainEvent):
    name = "payout.paid"


@dataclass(frozen=True, kw_only=True)
class PayoutFailed(DomainEvent):
    """Refused, or sent back by the bank, also after it had been paid: on the payee's account at the provider again."""

    name = "payout.failed"
    why: str
    was_paid: bool
    retry_at: str
