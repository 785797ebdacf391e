from dataclasses import dataclass

from marketplace.core.domain_event import DomainEvent


@dataclass(frozen=True, kw_only=True)
class MailQueued(DomainEvent):
    name = "mail.queued"
