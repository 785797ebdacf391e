"""What happens to people and parties."""

from dataclasses import dataclass

from marketplace.core.domain_event import DomainEvent


@dataclass(frozen=True, kw_only=True)
class PartyFounded(DomainEvent):
    name = "party.founded"
    handled = False
    kind: str


@dataclass(frozen=True, kw_only=True)
class PartyActivated(DomainEvent):
    name = "party.activated"
    handled = False


@dataclass(frozen=True, kw_only=True)
class TermsAccepted(DomainEvent):
    name = "user.terms_accepted"
    handled = False
    terms: str
    privacy: str


@dataclass(frozen=True, kw_only=True)
class MemberInvited(DomainEvent):
    name = "invitation.sent"
    party: str
    role: str


@dataclass(frozen=True, kw_only=True)
class InvitationRevoked(DomainEvent):
    name = "invitation.revoked"
    handled = False


@dataclass(frozen=True, kw_only=True)
class InvitationExpired(DomainEvent):
    name = "invitation.expired"
    handled = False


@dataclass(frozen=True, kw_only=True)
class MemberJoined(DomainEvent):
    name = "party.member_joined"
    user: str
    role: str


@dataclass(frozen=True, kw_only=True)
class MemberRoleChanged(DomainEvent):
    name = "party.member_role_changed"
    handled = False
    user: str
    role: str
    can_sign: bool


@dataclass(frozen=True, kw_only=True)
class MemberRemoved(DomainEvent):
    name = "party.member_removed"
    handled = False
    user: str
