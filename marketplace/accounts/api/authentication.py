"""Who asks: a program with a token, or a person with the session of our own pages.

Either acts for one party, and as the API: what somebody may do as platform staff is for the admin alone.
"""

from dataclasses import replace

from rest_framework.authentication import BaseAuthentication, SessionAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from marketplace.accounts.models import AccessToken, User
from marketplace.accounts.scopes import NEVER_BY_SESSION, Scope
from marketplace.accounts.selectors import find_token
from marketplace.accounts.services.tokens import SEEN_EVERY, note_use
from marketplace.core import clock
from marketplace.core.actor import Actor, Role, Source
from marketplace.http.api.access import Access
from marketplace.http.api.limits import note_refusal, refuse_guessing

BY_SESSION = frozenset(Scope.values) - NEVER_BY_SESSION


class TokenAuthentication(BaseAuthentication):
    def authenticate(self, request: Request) -> tuple[User, Access] | None:
        scheme, _space, secret = get_authorization_header(request).decode("latin-1").partition(" ")
        if scheme.lower() != "bearer":
            return None
        address = request.META.get("REMOTE_ADDR", "")
        refuse_guessing(address)
        token = find_token(secret.strip())
        if token is None:
            note_refusal(address)
            raise AuthenticationFailed
        if token.last_used_at is None or token.last_used_at < clock.now() - SEEN_EVERY:
            note_use(token_id=token.pk)
        access = Access(actor_of(token, request), frozenset(token.scopes), token.public_id, token.public_id)
        return token.membership.user, access

    def authenticate_header(self, request: Request) -> str:
        return 'Bearer realm="Mooring"'


class PersonAuthentication(SessionAuthentication):
    """Our own pages; a POST carries the CSRF token like every form."""

    def authenticate(self, request: Request) -> tuple[User, Access] | None:
        found = super().authenticate(request)
        if found is None:
            return None
        user = found[0]
        actor = replace(request._request.actor, staff_roles=frozenset(), source=Source.API)
        return user, Access(actor, BY_SESSION, user.public_id)


def actor_of(token: AccessToken, request: Request) -> Actor:
    membership = token.membership
    return Actor(
        user_id=membership.user_id,
        party_id=membership.party_id,
        role=Role(membership.role),
        can_sign=membership.can_sign,
        source=Source.API,
        request_id=request.request_id,
    )
