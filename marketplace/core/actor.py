"""Who acts: a person, for a party, in a role, through a door."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Self


class Role(StrEnum):
    """What a membership allows (the table of roles and actions is `accounts/policies.py`)."""

    OWNER = "owner"
    MANAGER = "manager"
    FINANCE = "finance"
    MEMBER = "member"
    VIEWER = "viewer"


class StaffRole(StrEnum):
    """What a member of the platform's own staff may do."""

    OPERATIONS = "operations"
    FINANCE = "finance"
    COMPLIANCE = "compliance"


class Source(StrEnum):
    """The door it came through; kept with every event."""

    WEB = "web"
    API = "api"
    ADMIN = "admin"
    SOCKET = "socket"
    TASK = "task"
    WEBHOOK = "webhook"
    SYSTEM = "system"


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Immutable, cheap, without a database: services, policies and selectors take it as their first keyword."""

    user_id: int | None = None
    party_id: int | None = None
    role: Role | None = None
    can_sign: bool = False
    staff_roles: frozenset[StaffRole] = field(default_factory=frozenset)
    source: Source = Source.WEB
    request_id: str = ""
    label: str = ""

    @classmethod
    def system(cls, label: str, source: Source = Source.SYSTEM) -> Self:
        """The platform itself: a timer, the relay, a webhook. Policies let it pass only where they name it."""
        return cls(source=source, label=label)

    @property
    def is_system(self) -> bool:
        return self.user_id is None and self.source in {Source.SYSTEM, Source.TASK, Source.WEBHOOK}

    @property
    def is_anonymous(self) -> bool:
        return self.user_id is None and not self.is_system
