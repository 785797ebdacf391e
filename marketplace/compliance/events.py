"""What happens to a report or an objection. The words that people write stay in its row: an event is kept for ever."""

from dataclasses import dataclass

from marketplace.core.domain_event import DomainEvent


@dataclass(frozen=True, kw_only=True)
class ReportFiled(DomainEvent):
    name = "report.filed"
    kind: str
    subject: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class ReportDismissed(DomainEvent):
    name = "report.dismissed"


@dataclass(frozen=True, kw_only=True)
class ReportActioned(DomainEvent):
    name = "report.actioned"


@dataclass(frozen=True, kw_only=True)
class ObjectionFiled(DomainEvent):
    """Somebody says that an observation should not count in the record of the party."""

    name = "objection.filed"
    handled = False
    observed: str
    subject: str


@dataclass(frozen=True, kw_only=True)
class ObjectionUpheld(DomainEvent):
    """The observation is struck out."""

    name = "objection.upheld"


@dataclass(frozen=True, kw_only=True)
class ObjectionRejected(DomainEvent):
    """It counts on; the party may appeal once."""

    name = "objection.rejected"


@dataclass(frozen=True, kw_only=True)
class ObjectionAppealed(DomainEvent):
    name = "objection.appealed"
    handled = False


@dataclass(frozen=True, kw_only=True)
class ObjectionOverturned(DomainEvent):
    """Other staff see it otherwise than who rejected it: the observation is struck out."""

    name = "objection.overturned"


@dataclass(frozen=True, kw_only=True)
class ObjectionConfirmed(DomainEvent):
    """The rejection stands, and that is the end of it."""

    name = "objection.confirmed"
