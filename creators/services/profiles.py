"""Keeping what anchors and agencies tell about themselves."""

from creators.events import AnchorFileSaved, AnchorFileShown
from creators.models import AgencyProfile, AnchorFile, Channel
from creators.steps.directory import publish_file
from creators.steps.files import lock_own, lock_own_file
from marketplace.accounts.models import Party, PartyKind
from marketplace.accounts.models.party import PartyState
from marketplace.accounts.steps.cards import write_card
from marketplace.accounts.steps.parties import activate
from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.core.errors import NotFound
from marketplace.core.locks import lock
from marketplace.core.policies import is_system
from marketplace.core.record import record
from marketplace.core.tx import use_case


@use_case
def save_anchor_file(
    *,
    actor: Actor,
    complete: bool,
    platform: str = "",
    handle: str = "",
    followers: int | None = None,
    **fields: object,
) -> AnchorFile:
    """Keep what the anchor answered; `complete` ends the first steps, which also ask for a first channel."""
    party, file = lock_own_file(actor)
    for name, value in fields.items():
        setattr(file, name, value)
    if platform and handle:
        _first_channel(file, platform, handle, followers or 0)
    if complete:
        activate(party, by=actor)
    publish_file(file, party)
    record(AnchorFileSaved(aggregate=party.public_id, section="about"), by=actor)
    return file


@use_case
def show_anchor_file(*, actor: Actor, public: bool) -> AnchorFile:
    """Show the file to everybody, or to nobody but one's own people and those one works with."""
    party, file = lock_own_file(actor)
    if file.is_public != public:
        file.is_public = public
        publish_file(file, party)
        record(AnchorFileShown(aggregate=party.public_id, public=public), by=actor)
    return file


@use_case
def refresh_file(*, actor: Actor, party_public_id: str) -> None:
    """What is derived from the file follows its party's name. Without a file: nothing happens."""
    if not is_system(actor, None):
        raise NotFound
    for party in lock(Party.objects.filter(public_id=party_public_id), "party"):
        for file in AnchorFile.objects.filter(party=party):
            publish_file(file, party)


@use_case
def save_agency_profile(*, actor: Actor, complete: bool, **fields: object) -> AgencyProfile:
    """Keep what the agency answered; `complete` ends the first steps."""
    party = lock_own(actor, PartyKind.AGENCY)
    profile, _made = AgencyProfile.objects.update_or_create(party=party, defaults=fields)
    if complete:
        activate(party, by=actor)
    write_card(
        party,
        facts={"categories": profile.categories, "region": profile.region},
        url_name="agency",
        about=profile.about,
        listed=party.state == PartyState.ACTIVE,
    )
    return profile


def _first_channel(file: AnchorFile, platform: str, handle: str, followers: int) -> None:
    """The first steps may be left and sent again: there is one first channel."""
    channel = file.channels.order_by("id").first() or Channel(file=file)
    if channel.pk and channel.is_verified:
        return
    channel.platform, channel.handle, channel.followers = platform, handle, followers
    channel.updated_at = clock.now()
    channel.save()
