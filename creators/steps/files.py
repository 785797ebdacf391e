from creators.models import AnchorFile
from marketplace.accounts.models import Party, PartyKind
from marketplace.accounts.policies import PARTY, PartyAction
from marketplace.accounts.steps.parties import lock_own_party
from marketplace.core.actor import Actor
from marketplace.core.errors import NotFound
from marketplace.core.tx import step


@step
def lock_own(actor: Actor, kind: str) -> Party:
    """The actor's party, if it is of this kind and the actor may write its profile. Raises NotFound, Forbidden."""
    party = lock_own_party(actor)
    if party.kind != kind:
        raise NotFound
    PARTY.authorise(actor, PartyAction.PROFILE, party)
    return party


@step
def lock_own_file(actor: Actor) -> tuple[Party, AnchorFile]:
    """The anchor's own file, begun if it is not there yet; the party's lock serialises its writers."""
    party = lock_own(actor, PartyKind.ANCHOR)
    file, _made = AnchorFile.objects.get_or_create(party=party)
    file.party = party
    return party, file
