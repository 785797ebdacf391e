"""People and parties, made the way the program makes them."""

import itertools
from dataclasses import dataclass

from allauth.account.models import EmailAddress

from marketplace.accounts.models import Membership, Party, StaffGrant, User
from marketplace.accounts.models.party import PartyState
from marketplace.accounts.services.parties import found_party
from marketplace.core.actor import Actor, Role, StaffRole

PASSWORD = "moor-the-money-first"
_numbers = itertools.count(1)


@dataclass(frozen=True)
class Person:
    """A user, the party she acts for, and the actor that both make."""

    user: User
    party: Party | None
    actor: Actor


def make_user(name: str = "Mei Chen", email: str = "", **fields) -> User:
    """A user with a verified address."""
    address = email or f"{name.split()[0].lower()}.{next(_numbers)}@example.com"
    user = User.objects.create_user(address, PASSWORD, name=name, **fields)
    EmailAddress.objects.create(user=user, email=address, primary=True, verified=True)
    return user


def make_owner(kind: str = "brand", name: str = "Chenyu Tea") -> Person:
    """A user who founded a party that is past its first steps."""
    user = make_user()
    party = found_party(actor=Actor(user_id=user.pk), kind=kind, name=name)
    Party.objects.filter(pk=party.pk).update(state=PartyState.ACTIVE)
    party.refresh_from_db()
    return Person(user, party, Actor(user_id=user.pk, party_id=party.pk, role=Role.OWNER, can_sign=True))


def make_member(party: Party, role: Role, *, can_sign: bool = False) -> Person:
    user = make_user(f"{role.value.title()} Person")
    Membership.objects.create(user=user, party=party, role=role, can_sign=can_sign)
    return Person(user, party, Actor(user_id=user.pk, party_id=party.pk, role=role, can_sign=can_sign))


def make_staff(*roles: StaffRole) -> Person:
    user = make_user("Staff Person", is_staff=True)
    for role in roles:
        StaffGrant.objects.create(user=user, role=role)
    return Person(user, None, Actor(user_id=user.pk, staff_roles=frozenset(roles)))
