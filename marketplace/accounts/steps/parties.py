from marketplace.accounts.events import PartyActivated
from marketplace.accounts.models import Party
from marketplace.accounts.models.party import PartyState
from marketplace.core.actor import Actor
from marketplace.core.errors import NotFound
from marketplace.core.locks import lock
from marketplace.core.record import record
from marketplace.core.tx import step


@step
def lock_own_party(actor: Actor) -> Party:
    """The party that the actor acts for, locked. Raises NotFound."""
    found = lock(Party.objects.filter(pk=actor.party_id), "party")
    if not found:
        raise NotFound
    return found[0]


@step
def activate(party: Party, *, by: Actor) -> None:
    """The first steps are done; the party may use the market. Again: nothing happens."""
    if party.state == PartyState.ONBOARDING:
        party.state = PartyState.ACTIVE
        party.save(update_fields=["state"])
        record(PartyActivated(aggregate=party.public_id), by=by)
