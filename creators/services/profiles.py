"""Keeping what anchors and agencies tell about themselves."""

from creators.models import AgencyProfile, AnchorFile
from marketplace.accounts.models import Party, PartyKind
from marketplace.accounts.policies import PARTY, PartyAction
from marketplace.accounts.steps.cards import write_card
from marketplace.accounts.steps.parties import activate, lock_own_party
from marketplace.core.actor import Actor
from marketplace.core.errors import NotFound
from marketplace.core.tx import use_case


@use_case
def save_anchor_file(*, actor: Actor, complete: bool, **fields: object) -> AnchorFile:
    """Keep what the anchor answered; `complete` ends the first steps."""
    party = _lock(actor, PartyKind.ANCHOR)
    file, _made = AnchorFile.objects.update_or_create(party=party, defaults=fields)
    facts = {"categories": file.categories, "region": file.region}
    if file.platform and file.handle:
        facts["channels"] = [{"platform": file.platform, "handle": file.handle, "proof": "declared"}]
    write_card(party, facts=facts)
    if complete:
        activate(party, by=actor)
    return file


@use_case
def save_agency_profile(*, actor: Actor, complete: bool, **fields: object) -> AgencyProfile:
    """Keep what the agency answered; `complete` ends the first steps."""
    party = _lock(actor, PartyKind.AGENCY)
    profile, _made = AgencyProfile.objects.update_or_create(party=party, defaults=fields)
    write_card(party, facts={"categories": profile.categories, "region": profile.region})
    if complete:
        activate(party, by=actor)
    return profile


def _lock(actor: Actor, kind: str) -> Party:
    party = lock_own_party(actor)
    if party.kind != kind:
        raise NotFound
    PARTY.authorise(actor, PartyAction.PROFILE, party)
    return party
