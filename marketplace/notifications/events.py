from dataclasses import dataclass

from marketplace.core.domain_event import DomainEvent


@dataclass(frozen=True, kw_only=True)
class MailQueued(DomainEvent):
    name = "mail.queued"


@dataclass(frozen=True, kw_only=True)
class MailPreferred(DomainEvent):
    """Somebody chose what she does not want as mail."""

    name = "mail.preferred"
    handled = False
    off: list[str]
