"""Personal access tokens: made, revoked, seen in use."""

from collections.abc import Sequence
from datetime import timedelta

from marketplace.accounts import token_secret
from marketplace.accounts.errors import TooManyTokens
from marketplace.accounts.events import TokenCreated, TokenRevoked
from marketplace.accounts.models import AccessToken, Membership
from marketplace.accounts.policies import PARTY, PartyAction
from marketplace.accounts.scopes import Scope
from marketplace.accounts.steps.parties import lock_own_party
from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.core.errors import NotFound
from marketplace.core.locks import lock
from marketplace.core.record import record
from marketplace.core.tx import use_case

MOST = 20
LONGEST_DAYS = 365
SEEN_EVERY = timedelta(minutes=1)


@use_case
def create_token(*, actor: Actor, name: str, scopes: Sequence[str], days: int) -> tuple[AccessToken, str]:
    """A token of the actor for the party acted for, and its secret, which nobody can read again.

    Raises TooManyTokens, ValueError for scopes or days that no form offers.
    """
    if not scopes or not set(scopes) <= set(Scope.values) or not 1 <= days <= LONGEST_DAYS:
        raise ValueError("not a scope, or not a length")
    party = lock_own_party(actor)
    PARTY.authorise(actor, PartyAction.READ, party)
    mine = Membership.objects.select_related("user").filter(party=party, user_id=actor.user_id, removed_at=None).first()
    if mine is None:
        raise NotFound
    if mine.tokens.filter(revoked_at=None, expires_at__gt=clock.now()).count() >= MOST:
        raise TooManyTokens(most=MOST)
    secret = token_secret.new_secret()
    now = clock.now()
    token = AccessToken.objects.create(
        membership=mine,
        name=name.strip()[:60],
        scopes=[scope for scope in Scope.values if scope in scopes],
        prefix=secret[: token_secret.KNOWN_BY],
        digest=token_secret.digest(secret),
        credential=mine.user.get_session_auth_hash(),
        created_at=now,
        expires_at=now + timedelta(days=days),
    )
    record(TokenCreated(aggregate=token.public_id, party=party.public_id, scopes=token.scopes), by=actor)
    return token, secret


@use_case
def revoke_token(*, actor: Actor, public_id: str) -> None:
    """One's own, or as an owner anybody's for this party. Again: nothing happens."""
    lock_own_party(actor)
    found = lock(AccessToken.objects.visible_to(actor).filter(public_id=public_id), "party")
    if not found:
        raise NotFound
    token = found[0]
    if token.revoked_at is None:
        token.revoked_at = clock.now()
        token.save(update_fields=["revoked_at"])
        record(TokenRevoked(aggregate=public_id), by=actor)


@use_case
def note_use(*, token_id: int) -> None:
    """That it was used, to the minute: a busy program does not write a row with every request."""
    now = clock.now()
    seen = AccessToken.objects.filter(pk=token_id)
    (seen.filter(last_used_at=None) | seen.filter(last_used_at__lt=now - SEEN_EVERY)).update(last_used_at=now)
