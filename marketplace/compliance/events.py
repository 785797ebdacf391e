"""What happens to a report. The words that people write stay in its row: an event is kept for ever."""

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
