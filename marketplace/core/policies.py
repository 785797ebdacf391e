"""Permissions as data: each action is an OR of ANDs of small predicates."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from marketplace.core.actor import Actor, Role, StaffRole
from marketplace.core.errors import Forbidden

Predicate = Callable[[Actor, Any], bool]
AllOf = tuple[Predicate, ...]


@dataclass(frozen=True)
class Policy:
    """`rules[action]` is a tuple of alternatives; an alternative is a tuple of predicates that must all hold."""

    rules: Mapping[StrEnum, tuple[AllOf, ...]]

    def can(self, actor: Actor, action: StrEnum, subject: Any = None) -> bool:
        return any(all(holds(actor, subject) for holds in alternative) for alternative in self.rules[action])

    def authorise(self, actor: Actor, action: StrEnum, subject: Any = None) -> None:
        """Raises Forbidden unless one alternative holds."""
        if not self.can(actor, action, subject):
            raise Forbidden(action=str(action))


def role_in(*roles: Role) -> Predicate:
    """The actor has one of these roles in the party it acts for."""

    def holds(actor: Actor, _subject: Any) -> bool:
        return actor.role in roles

    return holds


def staff(*roles: StaffRole) -> Predicate:
    def holds(actor: Actor, _subject: Any) -> bool:
        return bool(actor.staff_roles.intersection(roles))

    return holds


def own_party(actor: Actor, subject: Any) -> bool:
    """The subject is the party that the actor acts for, or belongs to it."""
    party_id = getattr(subject, "party_id", None) or getattr(subject, "pk", None)
    return actor.party_id is not None and actor.party_id == party_id


def is_system(actor: Actor, _subject: Any) -> bool:
    return actor.is_system


def signed_in(actor: Actor, _subject: Any) -> bool:
    return actor.user_id is not None
