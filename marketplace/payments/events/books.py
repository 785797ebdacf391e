"""What a provider tells us, and whether its books and ours agree."""

from dataclasses import dataclass

from marketplace.core.domain_event import DomainEvent


@dataclass(frozen=True, kw_only=True)
class WebhookReceived(DomainEvent):
    name = "webhook.received"
    type: str


@dataclass(frozen=True, kw_only=True)
class ReconciliationAsked(DomainEvent):
    """A provider's books are to be compared with ours; of a run that was broken off, it goes on."""

    name = "reconciliation.asked"
    provider: str


@dataclass(frozen=True, kw_only=True)
class ReconciliationFinished(DomainEvent):
    """Both sides were read and compared: how many differences are new, still there, and no longer there."""

    name = "reconciliation.finished"
    provider: str
    new: int
    known: int
    resolved: int


@dataclass(frozen=True, kw_only=True)
class DifferenceTaken(DomainEvent):
    name = "difference.taken"
    handled = False


@dataclass(frozen=True, kw_only=True)
class DifferenceExplained(DomainEvent):
    name = "difference.explained"
    handled = False
    reason: str


@dataclass(frozen=True, kw_only=True)
class DifferenceResolved(DomainEvent):
    name = "difference.resolved"
    handled = False
    run: str
