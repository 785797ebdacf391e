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
class PartyRenamed(DomainEvent):
    """Sides that keep the name in rows of their own write it anew."""

    name = "party.renamed"


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
    user: str
    role: str
    can_sign: bool


@dataclass(frozen=True, kw_only=True)
class MemberRemoved(DomainEvent):
    name = "party.member_removed"
    user: str


@dataclass(frozen=True, kw_only=True)
class RepresentationAsked(DomainEvent):
    name = "representation.asked"
    by_party: str
    terms: dict


@dataclass(frozen=True, kw_only=True)
class RepresentationAccepted(DomainEvent):
    name = "representation.accepted"


@dataclass(frozen=True, kw_only=True)
class RepresentationClosed(DomainEvent):
    name = "representation.closed"
    how: str


@dataclass(frozen=True, kw_only=True)
class RepresentationChangeAsked(DomainEvent):
    name = "representation.change_asked"
    terms: dict


@dataclass(frozen=True, kw_only=True)
class RepresentationChangeAnswered(DomainEvent):
    name = "representation.change_answered"
    accepted: bool


@dataclass(frozen=True, kw_only=True)
class RepresentationEnding(DomainEvent):
    name = "representation.ending"
    ends_on: str


@dataclass(frozen=True, kw_only=True)
class RepresentationKept(DomainEvent):
    name = "representation.kept"
    handled = False


@dataclass(frozen=True, kw_only=True)
class RepresentationEnded(DomainEvent):
    name = "representation.ended"
    on: str


@dataclass(frozen=True, kw_only=True)
class ExportRequested(DomainEvent):
    name = "data_export.requested"


@dataclass(frozen=True, kw_only=True)
class ExportReady(DomainEvent):
    name = "data_export.ready"


@dataclass(frozen=True, kw_only=True)
class ExportExpired(DomainEvent):
    name = "data_export.expired"
    handled = False


@dataclass(frozen=True, kw_only=True)
class ErasureRequested(DomainEvent):
    name = "erasure.requested"
    due_at: str


@dataclass(frozen=True, kw_only=True)
class ErasureWithdrawn(DomainEvent):
    name = "erasure.withdrawn"
    handled = False


@dataclass(frozen=True, kw_only=True)
class UserErased(DomainEvent):
    name = "user.erased"
    handled = False


@dataclass(frozen=True, kw_only=True)
class PartyVerified(DomainEvent):
    name = "party.verified"
    kind: str


@dataclass(frozen=True, kw_only=True)
class PartyUnverified(DomainEvent):
    name = "party.unverified"
    handled = False
    kind: str


@dataclass(frozen=True, kw_only=True)
class SecurityChanged(DomainEvent):
    """How somebody (`aggregate`) signs in: `change` is password, email or second_factor."""

    name = "user.security_changed"
    change: str


@dataclass(frozen=True, kw_only=True)
class TokenCreated(DomainEvent):
    name = "token.created"
    party: str
    scopes: list[str]


@dataclass(frozen=True, kw_only=True)
class TokenRevoked(DomainEvent):
    name = "token.revoked"
    handled = False
