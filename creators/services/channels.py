"""The channels of an anchor: declared by her, verified by staff."""

from django.db import IntegrityError, transaction

from creators.errors import ChannelTwice, OwnChannel, TooManyChannels
from creators.events import AnchorFileSaved, ChannelUnverified, ChannelVerified
from creators.limits import CHANNELS
from creators.machine import CHANNEL
from creators.models import AnchorFile, Channel
from creators.policies import CHANNELS as CHANNEL_POLICY
from creators.policies import ChannelAction
from creators.steps.directory import publish_file
from creators.steps.files import lock_own_file
from marketplace.accounts.models import Membership, Party
from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.core.errors import NotFound
from marketplace.core.locks import lock
from marketplace.core.machine import Move
from marketplace.core.record import record
from marketplace.core.tx import use_case


@use_case
def add_channel(*, actor: Actor, platform: str, handle: str, link: str = "", followers: int = 0) -> Channel:
    """Raises Forbidden, TooManyChannels, ChannelTwice."""
    party, file = lock_own_file(actor)
    if file.channels.count() >= CHANNELS:
        raise TooManyChannels(most=CHANNELS)
    channel = Channel(file=file, platform=platform, handle=handle, link=link, followers=followers)
    _save(channel)
    _changed(file, party, actor)
    return channel


@use_case
def change_channel(
    *, actor: Actor, public_id: str, platform: str, handle: str, link: str = "", followers: int = 0
) -> Channel:
    """What staff had looked at is declared again once it is changed. Raises NotFound, Forbidden, ChannelTwice."""
    party, file = lock_own_file(actor)
    channel = _own(file, public_id)
    new = {"platform": platform, "handle": handle, "link": link, "followers": followers}
    if all(getattr(channel, name) == value for name, value in new.items()):
        return channel
    for name, value in new.items():
        setattr(channel, name, value)
    if channel.is_verified:
        _declared_again(channel, CHANNEL.fire(channel, "revise"), actor)
    _save(channel)
    _changed(file, party, actor)
    return channel


@use_case
def remove_channel(*, actor: Actor, public_id: str) -> None:
    """Raises NotFound, Forbidden."""
    party, file = lock_own_file(actor)
    _own(file, public_id).delete()
    _changed(file, party, actor)


@use_case
def verify_channel(*, actor: Actor, public_id: str) -> Channel:
    """Staff have seen the account, that it is hers, and its figures.

    Raises NotFound, Forbidden, OwnChannel, ChannelTwice, IllegalTransition.
    """
    party, channel = _lock_for_staff(actor, public_id)
    move = CHANNEL.fire(channel, "verify")
    channel.verified_at, channel.verified_by_id = clock.now(), actor.user_id
    _save(channel)
    publish_file(channel.file, party)
    record(ChannelVerified(aggregate=channel.public_id, platform=channel.platform), by=actor, move=move)
    return channel


@use_case
def unverify_channel(*, actor: Actor, public_id: str) -> Channel:
    """The mark was wrong, or the account has changed hands. Raises as above."""
    party, channel = _lock_for_staff(actor, public_id)
    _declared_again(channel, CHANNEL.fire(channel, "withdraw"), actor)
    _save(channel)
    publish_file(channel.file, party)
    return channel


def _lock_for_staff(actor: Actor, public_id: str) -> tuple[Party, Channel]:
    CHANNEL_POLICY.authorise(actor, ChannelAction.VERIFY)
    found = lock(Party.objects.filter(anchor_file__channels__public_id=public_id), "party")
    if not found:
        raise NotFound
    if Membership.objects.filter(user_id=actor.user_id, party=found[0]).exists():
        raise OwnChannel
    return found[0], Channel.objects.select_related("file__party").get(public_id=public_id)


def _own(file: AnchorFile, public_id: str) -> Channel:
    try:
        return file.channels.get(public_id=public_id)
    except Channel.DoesNotExist:
        raise NotFound from None


def _save(channel: Channel) -> None:
    channel.updated_at = clock.now()
    try:
        with transaction.atomic():
            channel.save()
    except IntegrityError as error:
        raise ChannelTwice from error


def _declared_again(channel: Channel, move: Move, actor: Actor) -> None:
    channel.verified_at = channel.verified_by = None
    record(ChannelUnverified(aggregate=channel.public_id, platform=channel.platform), by=actor, move=move)


def _changed(file: AnchorFile, party: Party, actor: Actor) -> None:
    publish_file(file, party)
    record(AnchorFileSaved(aggregate=party.public_id, section="channels"), by=actor)
