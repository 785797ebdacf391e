"""The picture by which a party is known."""

from marketplace.accounts.models import Party
from marketplace.accounts.policies import PARTY, PartyAction
from marketplace.accounts.steps.cards import set_card_picture
from marketplace.accounts.steps.parties import lock_own_party
from marketplace.core.actor import Actor
from marketplace.core.record import record
from marketplace.core.tx import use_case
from marketplace.media.events import PartyPictureRemoved, PartyPictureSet
from marketplace.media.models import Asset
from marketplace.media.models.asset import PARTY_PICTURE
from marketplace.media.originals import Original
from marketplace.media.steps.assets import create_asset, erase_asset


@use_case
def set_party_picture(*, actor: Actor, original: Original) -> Asset:
    """The new picture stands on the card at once, as a placeholder until it is drawn; the old one is erased."""
    party = lock_own_party(actor)
    PARTY.authorise(actor, PartyAction.PROFILE, party)
    asset = create_asset(original, party=party, purpose=PARTY_PICTURE, by=actor, alt=party.name)
    earlier = set_card_picture(party, asset.public_id)
    record(PartyPictureSet(aggregate=party.public_id, asset=asset.public_id), by=actor)
    _erase(earlier, "replaced", actor)
    return asset


@use_case
def remove_party_picture(*, actor: Actor) -> Party:
    """Again: nothing happens."""
    party = lock_own_party(actor)
    PARTY.authorise(actor, PartyAction.PROFILE, party)
    if earlier := set_card_picture(party, ""):
        record(PartyPictureRemoved(aggregate=party.public_id, asset=earlier), by=actor)
        _erase(earlier, "removed", actor)
    return party


def _erase(public_id: str, why: str, actor: Actor) -> None:
    if public_id:
        erase_asset(public_id, by=actor, why=why)
