"""A payee's part, from the platform to her account at the provider."""

from dataclasses import dataclass

from marketplace.core.domain_event import DomainEvent


@dataclass(frozen=True, kw_only=True)
class TransferCreated(DomainEvent):
    """A payee's part of a release waits to go to her account."""

    name = "transfer.created"
    contract: str
    amount_minor: int
    currency: str


@dataclass(frozen=True, kw_only=True)
class TransferHeld(DomainEvent):
    name = "transfer.held"
    hold: str
    until: str


@dataclass(frozen=True, kw_only=True)
class TransferLetGo(DomainEvent):
    """What held it is over: it may go."""

    name = "transfer.let_go"


@dataclass(frozen=True, kw_only=True)
class TransferSubmitted(DomainEvent):
    name = "transfer.submitted"
    handled = False


@dataclass(frozen=True, kw_only=True)
class TransferDone(DomainEvent):
    """It is on the payee's account at the provider."""

    name = "transfer.done"
    handled = False


@dataclass(frozen=True, kw_only=True)
class TransferFailed(DomainEvent):
    """The provider refused it; it is tried again, and nothing has moved."""

    name = "transfer.failed"
    handled = False
    why: str


@dataclass(frozen=True, kw_only=True)
class TransferRetried(DomainEvent):
    name = "transfer.retried"
