"""What a second person decides."""

from dataclasses import dataclass

from marketplace.core.domain_event import DomainEvent


@dataclass(frozen=True, kw_only=True)
class ApprovalAsked(DomainEvent):
    """A money action waits for a second person."""

    name = "approval.asked"
    kind: str
    amount_minor: int
    currency: str


@dataclass(frozen=True, kw_only=True)
class ApprovalGranted(DomainEvent):
    name = "approval.granted"
    result: str


@dataclass(frozen=True, kw_only=True)
class ApprovalClosed(DomainEvent):
    """Declined, withdrawn or not answered in time: nothing has moved."""

    name = "approval.closed"
    how: str


@dataclass(frozen=True, kw_only=True)
class ApprovalLimitChanged(DomainEvent):
    name = "approval.limit_changed"
    handled = False
    currency: str
    limit_minor: int | None
