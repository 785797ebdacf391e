from brands.models import BrandProfile
from marketplace.accounts.models import PartyKind
from marketplace.accounts.models.party import PartyState
from marketplace.accounts.policies import PARTY, PartyAction
from marketplace.accounts.steps.cards import write_card
from marketplace.accounts.steps.parties import activate, lock_own_party
from marketplace.core.actor import Actor
from marketplace.core.errors import NotFound
from marketplace.core.tx import use_case


@use_case
def save_profile(*, actor: Actor, complete: bool, **fields: object) -> BrandProfile:
    """Keep what was answered; `complete` ends the first steps."""
    party = lock_own_party(actor)
    if party.kind != PartyKind.BRAND:
        raise NotFound
    PARTY.authorise(actor, PartyAction.PROFILE, party)
    profile, _made = BrandProfile.objects.update_or_create(party=party, defaults=fields)
    if complete:
        activate(party, by=actor)
    write_card(
        party,
        facts={"categories": profile.categories},
        url_name="brand",
        about=profile.story,
        listed=party.state == PartyState.ACTIVE,
    )
    return profile
