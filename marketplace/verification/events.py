"""What happens to a check of identity. No name, number or paper is in an event: events are kept for ever."""

from dataclasses import dataclass

from marketplace.core.domain_event import DomainEvent


@dataclass(frozen=True, kw_only=True)
class VerificationStarted(DomainEvent):
    name = "verification.started"
    handled = False
    kind: str


@dataclass(frozen=True, kw_only=True)
class DocumentAdded(DomainEvent):
    name = "verification.document_added"
    handled = False
    document: str
    kind: str


@dataclass(frozen=True, kw_only=True)
class DocumentRemoved(DomainEvent):
    name = "verification.document_removed"
    handled = False
    document: str


@dataclass(frozen=True, kw_only=True)
class VerificationSubmitted(DomainEvent):
    name = "verification.submitted"
    kind: str


@dataclass(frozen=True, kw_only=True)
class VerificationWithdrawn(DomainEvent):
    name = "verification.withdrawn"
    handled = False


@dataclass(frozen=True, kw_only=True)
class VerificationRevised(DomainEvent):
    name = "verification.revised"
    handled = False


@dataclass(frozen=True, kw_only=True)
class VerificationApproved(DomainEvent):
    name = "verification.approved"
    kind: str


@dataclass(frozen=True, kw_only=True)
class VerificationRejected(DomainEvent):
    name = "verification.rejected"
    kind: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class VerificationExpired(DomainEvent):
    name = "verification.expired"
    kind: str


@dataclass(frozen=True, kw_only=True)
class DocumentsErased(DomainEvent):
    """The papers are gone; what was decided stays."""

    name = "verification.documents_erased"
    handled = False
    documents: int
