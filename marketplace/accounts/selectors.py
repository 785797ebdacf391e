"""Reads about people and parties."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from allauth.mfa.models import Authenticator
from django.db.models import Q, QuerySet

from marketplace.accounts import token_secret
from marketplace.accounts.models import (
    AccessToken,
    Invitation,
    Membership,
    Party,
    PartyCard,
    PartyKind,
    Representation,
    StaffGrant,
    User,
    VerifiedFact,
)
from marketplace.accounts.models.party import PartyState
from marketplace.core import clock
from marketplace.core.actor import Actor, Role, Source, StaffRole
from marketplace.core.errors import NotFound
from marketplace.core.search import Typed
from marketplace.http.keyset import Order


@dataclass(frozen=True)
class Standing:
    """A signed-in user's parties, and the one she acts for."""

    memberships: list[Membership]
    current: Membership | None
    staff_roles: frozenset[StaffRole]


def standing_of(user: User, party_public_id: str | None) -> Standing:
    """Two queries: memberships with their parties, and staff roles for staff."""
    return standings_of([(user, party_public_id)])[0]


def standings_of(people: Sequence[tuple[User, str | None]]) -> list[Standing]:
    """Of each person, for the party of hers that is named, else her first. Two queries, however many people."""
    memberships: dict[int, list[Membership]] = {user.pk: [] for user, _party in people}
    live = Membership.objects.filter(user__in=memberships, removed_at=None).exclude(party__state=PartyState.CLOSED)
    for one in live.select_related("party__card").order_by("id"):
        memberships[one.user_id].append(one)
    roles: dict[int, set[StaffRole]] = {user.pk: set() for user, _party in people if user.is_staff}
    for user_id, role in StaffGrant.objects.filter(user__in=roles).values_list("user", "role"):
        roles[user_id].add(StaffRole(role))
    found = []
    for user, party in people:
        own = memberships[user.pk]
        chosen = next((one for one in own if one.party.public_id == party), None)
        current = chosen or (own[0] if own else None)
        found.append(Standing(own, current, frozenset(roles.get(user.pk, ()))))
    return found


def actor_for(user: User, standing: Standing, *, source: Source, request_id: str) -> Actor:
    current = standing.current
    return Actor(
        user_id=user.pk,
        party_id=current.party_id if current else None,
        role=Role(current.role) if current else None,
        can_sign=current.can_sign if current else False,
        staff_roles=standing.staff_roles,
        source=source,
        request_id=request_id,
    )


def get_party(actor: Actor, public_id: str) -> Party:
    try:
        return Party.objects.visible_to(actor).get(public_id=public_id)
    except Party.DoesNotExist:
        raise NotFound from None


def list_team(actor: Actor) -> QuerySet[Membership]:
    """The people of the party that the actor acts for."""
    team = Membership.objects.filter(party_id=actor.party_id, removed_at=None)
    return team.select_related("user", "party").order_by("created_at", "id")


def list_invitations(actor: Actor) -> QuerySet[Invitation]:
    return Invitation.objects.filter(party_id=actor.party_id, state="pending").order_by("created_at")


def get_invitation(actor: Actor, public_id: str) -> Invitation:
    try:
        return Invitation.objects.get(party_id=actor.party_id, public_id=public_id)
    except Invitation.DoesNotExist:
        raise NotFound from None


def get_own_invitation(public_id: str) -> Invitation:
    """The invitation behind a mailed link, whatever its state; the unguessable id is the secret."""
    try:
        return Invitation.objects.select_related("party", "invited_by").get(public_id=public_id)
    except Invitation.DoesNotExist:
        raise NotFound from None


def list_representations(actor: Actor) -> QuerySet[Representation]:
    related = Representation.objects.visible_to(actor).select_related("agency", "anchor", "asked_by", "proposed_by")
    return related.order_by("-created_at")


def get_representation(actor: Actor, public_id: str) -> Representation:
    try:
        return list_representations(actor).get(public_id=public_id)
    except Representation.DoesNotExist:
        raise NotFound from None


def list_invitations_to(user: User) -> list[Invitation]:
    """Invitations that wait for this person."""
    waiting = Invitation.objects.filter(email__iexact=user.email, state="pending", expires_at__gt=clock.now())
    return list(waiting.select_related("party", "invited_by").order_by("-id"))


def find_counterpart(party: Party, email: str) -> Party | None:
    """The anchor, or the agency, that somebody with this address owns: whichever `party` is not."""
    wanted = PartyKind.ANCHOR if party.kind == PartyKind.AGENCY else PartyKind.AGENCY
    owned = Party.objects.filter(
        kind=wanted,
        memberships__user__email__iexact=email.strip(),
        memberships__role=Role.OWNER,
        memberships__removed_at=None,
    )
    return owned.exclude(state=PartyState.CLOSED).order_by("id").first()


def emails_of(party_id: int, *roles: Role) -> QuerySet[User]:
    """The people of a party in these roles (all of them when none is named): whom to mail."""
    people = User.objects.filter(is_active=True, memberships__party_id=party_id, memberships__removed_at=None)
    if roles:
        people = people.filter(memberships__role__in=[role.value for role in roles])
    return people.distinct()


def staff_in(role: StaffRole) -> QuerySet[User]:
    """The people of our own staff in this role: whom to tell that something waits for them."""
    return User.objects.filter(is_active=True, is_staff=True, staff_grants__role=role.value).order_by("pk")


def is_verified(party_id: int, kind: str) -> bool:
    """Whether the party is verified as this (`VerifiedKind`) now."""
    return VerifiedFact.objects.holding().filter(party_id=party_id, kind=kind).exists()


def verified_holder(party_id: int) -> str | None:
    """In whose name a payee's account must be: "" when the check did not say, None without a check that holds."""
    holding = VerifiedFact.objects.holding().filter(party_id=party_id, kind="payee")
    return holding.values_list("holder", flat=True).first()


NEWEST_FIRST = Order(("listed_at", "party_id"))


def list_cards(*, kinds: Sequence[str], categories: Sequence[str] = (), q: str = "") -> QuerySet[PartyCard]:
    """Listed cards of active parties, in `NEWEST_FIRST`: what a directory shows without knowing a side."""
    found = PartyCard.objects.filter(listed_at__isnull=False, kind__in=kinds, party__state=PartyState.ACTIVE)
    if categories:
        in_one = Q()
        for category in categories:
            in_one |= Q(facts__contains={"categories": [category]})
        found = found.filter(in_one)
    if q:
        found = found.filter(search=Typed(q))
    return found.select_related("party")


def list_tokens(actor: Actor) -> QuerySet[AccessToken]:
    """The newest first, ended ones too: who looks wants to know what there was."""
    related = AccessToken.objects.visible_to(actor).select_related("membership__user", "membership__party")
    return related.order_by("-id")


def find_token(secret: str) -> AccessToken | None:
    """The token of this secret while it works: asked anew with each request, so that nothing outlives its reason."""
    if not token_secret.looks_right(secret):
        return None
    related = AccessToken.objects.select_related("membership__user", "membership__party")
    token = related.filter(digest=token_secret.digest(secret)).first()
    return token if token is not None and not token.ended else None


def find_membership(actor: Actor) -> Membership | None:
    """The live membership that the actor acts by."""
    mine = Membership.objects.filter(user_id=actor.user_id, party_id=actor.party_id, removed_at=None)
    return mine.select_related("party").first()


def get_card(party_public_id: str, *, kinds: Collection[str]) -> PartyCard:
    """What everybody may know of a party of one of these kinds, once it is past its first steps."""
    cards = PartyCard.objects.select_related("party").filter(party__state=PartyState.ACTIVE, party__kind__in=kinds)
    try:
        return cards.get(party__public_id=party_public_id)
    except PartyCard.DoesNotExist:
        raise NotFound from None


def has_second_factor(user_id: int | None) -> bool:
    """Whether somebody must show more than a password to sign in."""
    kinds = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
    return user_id is not None and Authenticator.objects.filter(user_id=user_id, type__in=kinds).exists()
