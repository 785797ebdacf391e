"""Who belongs to a party: invitations by e-mail, roles, leaving."""

from datetime import timedelta

from marketplace.accounts.errors import (
    AlreadyMember,
    AnchorIsOnePerson,
    InvitationClosed,
    InvitationForSomebodyElse,
    LastOwner,
)
from marketplace.accounts.events import (
    InvitationExpired,
    InvitationRevoked,
    MemberInvited,
    MemberJoined,
    MemberRemoved,
    MemberRoleChanged,
)
from marketplace.accounts.machine import INVITATION, InvitationState
from marketplace.accounts.models import Invitation, Membership, Party, PartyKind, User
from marketplace.accounts.policies import PARTY, PartyAction
from marketplace.accounts.services.parties import lock_own_party
from marketplace.core import clock
from marketplace.core.actor import Actor, Role
from marketplace.core.errors import NotFound
from marketplace.core.locks import lock
from marketplace.core.record import record
from marketplace.core.timers.schedule import cancel, schedule
from marketplace.core.tx import use_case

INVITATION_LIFE = timedelta(days=7)
EXPIRY_TIMER = "invitation.expire"


@use_case
def invite_member(*, actor: Actor, email: str, role: str, can_sign: bool, language: str) -> Invitation:
    """Ask `email` to join. A second invitation to the same address replaces the first, whose link stops working."""
    party = lock_own_party(actor)
    PARTY.authorise(actor, PartyAction.TEAM, party)
    if party.kind == PartyKind.ANCHOR:
        raise AnchorIsOnePerson
    email = email.strip().lower()
    if Membership.objects.filter(party=party, user__email__iexact=email, removed_at=None).exists():
        raise AlreadyMember
    for earlier in Invitation.objects.filter(party=party, email__iexact=email, state=InvitationState.PENDING):
        _close(earlier, "revoke", actor)
    invitation = Invitation.objects.create(
        party=party,
        email=email,
        role=role,
        can_sign=can_sign and role in {Role.OWNER, Role.MANAGER},
        language=language,
        invited_by_id=actor.user_id,
        expires_at=clock.now() + INVITATION_LIFE,
    )
    schedule(EXPIRY_TIMER, invitation.public_id, due_at=invitation.expires_at)
    record(MemberInvited(aggregate=invitation.public_id, party=party.public_id, role=role), by=actor)
    return invitation


@use_case
def accept_invitation(*, actor: Actor, public_id: str) -> Membership:
    """Join with the mailed link. Only the person whose address it was mailed to can."""
    found = lock(Invitation.objects.filter(public_id=public_id), "party")
    if not found:
        raise NotFound
    invitation = found[0]
    user = User.objects.get(pk=actor.user_id)
    if user.email.lower() != invitation.email.lower():
        raise InvitationForSomebodyElse(email=invitation.email)
    if invitation.state != InvitationState.PENDING or invitation.expires_at <= clock.now():
        raise InvitationClosed
    move = INVITATION.fire(invitation, "accept")
    invitation.save(update_fields=["state"])
    cancel(EXPIRY_TIMER, invitation.public_id)
    membership, _made = Membership.objects.get_or_create(
        user=user,
        party=invitation.party,
        removed_at=None,
        defaults={"role": invitation.role, "can_sign": invitation.can_sign},
    )
    joined = MemberJoined(aggregate=invitation.party.public_id, user=user.public_id, role=membership.role)
    record(joined, by=actor, move=move)
    return membership


@use_case
def revoke_invitation(*, actor: Actor, public_id: str) -> None:
    party = lock_own_party(actor)
    PARTY.authorise(actor, PartyAction.TEAM, party)
    found = lock(Invitation.objects.filter(party=party, public_id=public_id), "party")
    if not found:
        raise NotFound
    _close(found[0], "revoke", actor)


def _close(invitation: Invitation, transition: str, actor: Actor) -> None:
    event = {"revoke": InvitationRevoked, "expire": InvitationExpired}[transition]
    move = INVITATION.fire(invitation, transition)
    invitation.save(update_fields=["state"])
    cancel(EXPIRY_TIMER, invitation.public_id)
    record(event(aggregate=invitation.public_id), by=actor, move=move)


@use_case
def change_role(*, actor: Actor, user_public_id: str, role: str, can_sign: bool) -> Membership:
    """Give a member another role. Raises LastOwner when nobody would be left to own the party."""
    membership, party = _lock_member(actor, user_public_id)
    PARTY.authorise(actor, PartyAction.TEAM, party)
    if membership.role == Role.OWNER and role != Role.OWNER:
        _keep_an_owner(party, membership)
    membership.role = role
    membership.can_sign = role == Role.OWNER or (can_sign and role == Role.MANAGER)
    membership.save(update_fields=["role", "can_sign"])
    changed = MemberRoleChanged(aggregate=party.public_id, user=user_public_id, role=role, can_sign=membership.can_sign)
    record(changed, by=actor)
    return membership


@use_case
def remove_member(*, actor: Actor, user_public_id: str) -> None:
    """Take a member out, or leave oneself. Raises LastOwner."""
    membership, party = _lock_member(actor, user_public_id)
    if membership.user_id != actor.user_id:  # anyone may leave
        PARTY.authorise(actor, PartyAction.TEAM, party)
    if membership.role == Role.OWNER:
        _keep_an_owner(party, membership)
    membership.removed_at = clock.now()
    membership.save(update_fields=["removed_at"])
    record(MemberRemoved(aggregate=party.public_id, user=user_public_id), by=actor)


def _lock_member(actor: Actor, user_public_id: str) -> tuple[Membership, Party]:
    party = lock_own_party(actor)
    found = lock(Membership.objects.filter(party=party, user__public_id=user_public_id, removed_at=None), "party")
    if not found:
        raise NotFound
    return found[0], party


def _keep_an_owner(party: Party, leaving: Membership) -> None:
    others = Membership.objects.filter(party=party, role=Role.OWNER, removed_at=None).exclude(pk=leaving.pk)
    if not others.exists():
        raise LastOwner
