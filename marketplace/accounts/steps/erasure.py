"""Forgetting a person: what is personal goes, what the law keeps stays under a pseudonym."""

from collections.abc import Callable

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession

from marketplace.accounts.events import UserErased
from marketplace.accounts.machine import ERASURE
from marketplace.accounts.models import AccessToken, DataExport, ErasureRequest, Invitation, Membership, User
from marketplace.core import clock
from marketplace.core.actor import Actor, Role
from marketplace.core.locks import lock
from marketplace.core.record import record
from marketplace.core.tx import step

ERASE_TIMER = "user.erase"
Blocker = Callable[[User], str | None]
_blockers: list[Blocker] = []


def blocks_erasure(blocker: Blocker) -> Blocker:
    """Register a function that names the party which keeps a person from being forgotten now, if there is one."""
    _blockers.append(blocker)
    return blocker


def blocked_by(user: User) -> str | None:
    return next((name for blocker in _blockers if (name := blocker(user))), None)


@blocks_erasure
def others_need_this_owner(user: User) -> str | None:
    """A party with members and this person as its only owner."""
    for owned in Membership.objects.filter(user=user, role=Role.OWNER, removed_at=None).select_related("party"):
        others = Membership.objects.filter(party=owned.party, removed_at=None).exclude(user=user)
        if others.exists() and not others.filter(role=Role.OWNER).exists():
            return owned.party.name
    return None


@step
def erase(request_public_id: str, *, by: Actor) -> None:
    """Carry out an erasure request that is still open. The ledger, contracts and events keep the pseudonym only."""
    for request in ErasureRequest.objects.select_for_update().filter(public_id=request_public_id):
        if not ERASURE.can(request, "finish"):
            return
        user = lock(User.objects.filter(pk=request.user_id), "user")[0]
        move = ERASURE.fire(request, "finish")
        request.closed_at = clock.now()
        request.save(update_fields=["state", "closed_at"])
        old_email = user.email
        user.email, user.name = f"{user.public_id}@erased.invalid", ""
        user.is_active, user.erased_at = False, clock.now()
        user.set_unusable_password()
        user.save()
        AccessToken.objects.filter(membership__user=user).update(name="")
        AccessToken.objects.filter(membership__user=user, revoked_at=None).update(revoked_at=clock.now())
        Membership.objects.filter(user=user, removed_at=None).update(removed_at=clock.now())
        Invitation.objects.filter(email__iexact=old_email).update(email=user.email)
        DataExport.objects.filter(user=user).update(content=None)
        EmailAddress.objects.filter(user=user).delete()
        Authenticator.objects.filter(user=user).delete()
        for session in UserSession.objects.filter(user=user):
            session.end()
        record(UserErased(aggregate=user.public_id), by=by, move=move)
