"""Founding and naming a party."""

from marketplace.accounts.events import PartyFounded, PartyRenamed
from marketplace.accounts.models import Membership, Party, PartyCard
from marketplace.accounts.policies import PARTY, PartyAction
from marketplace.accounts.steps.parties import lock_own_party
from marketplace.core import clock
from marketplace.core.actor import Actor, Role
from marketplace.core.errors import Forbidden
from marketplace.core.record import record
from marketplace.core.tx import use_case


@use_case
def found_party(*, actor: Actor, kind: str, name: str) -> Party:
    """A new party with the actor as its owner, who may sign for it."""
    if actor.user_id is None:
        raise Forbidden(action="found_party")
    party = Party.objects.create(kind=kind, name=name.strip())
    Membership.objects.create(user_id=actor.user_id, party=party, role=Role.OWNER, can_sign=True)
    PartyCard.objects.create(party=party, kind=kind, name=party.name, updated_at=clock.now())
    record(PartyFounded(aggregate=party.public_id, kind=kind), by=actor)
    return party


@use_case
def rename_party(*, actor: Actor, name: str) -> Party:
    party = lock_own_party(actor)
    PARTY.authorise(actor, PartyAction.PROFILE, party)
    party.name = name.strip()
    party.save(update_fields=["name"])
    PartyCard.objects.filter(party=party).update(name=party.name, updated_at=clock.now())
    record(PartyRenamed(aggregate=party.public_id), by=actor)
    return party
