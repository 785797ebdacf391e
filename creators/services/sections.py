"""The other sections of an anchor file, each saved on its own: rates, availability, portrait, cover."""

from collections.abc import Mapping, Sequence
from datetime import date

from creators.errors import TooManyDates
from creators.events import AnchorFileSaved
from creators.limits import TIMES_OFF
from creators.models import AnchorFile, FanPortrait, Rate, TimeOff
from creators.portrait import PARTS, Shares, cleaned
from creators.steps.directory import publish_file
from creators.steps.files import lock_own_file
from marketplace.accounts.models import Party
from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.core.errors import NotFound
from marketplace.core.record import record
from marketplace.core.tx import use_case
from marketplace.media.models import Asset
from marketplace.media.originals import Original
from marketplace.media.steps.assets import create_asset, erase_asset

COVER = "anchor_cover"


@use_case
def save_rates(*, actor: Actor, rates: Sequence[Mapping[str, object]]) -> AnchorFile:
    """The whole card at once: forms that are not named have no price any more. Raises Forbidden."""
    party, file = lock_own_file(actor)
    file.rates.all().delete()
    Rate.objects.bulk_create([Rate(file=file, **rate) for rate in rates])
    _changed(file, party, actor, "rates")
    return file


@use_case
def save_week(*, actor: Actor, free: Sequence[str]) -> AnchorFile:
    """`free` holds "evening:3" for Wednesday evenings. Raises Forbidden."""
    party, file = lock_own_file(actor)
    file.free = sorted(set(free))
    _changed(file, party, actor, "week")
    return file


@use_case
def add_time_off(*, actor: Actor, starts_on: date, ends_on: date) -> TimeOff:
    """Raises Forbidden, TooManyDates."""
    party, file = lock_own_file(actor)
    file.times_off.filter(ends_on__lt=clock.today(party.time_zone)).delete()  # what is past says nothing any more
    if file.times_off.count() >= TIMES_OFF:
        raise TooManyDates(most=TIMES_OFF)
    off = TimeOff.objects.create(file=file, starts_on=starts_on, ends_on=ends_on)
    _changed(file, party, actor, "times_off")
    return off


@use_case
def remove_time_off(*, actor: Actor, public_id: str) -> None:
    """Raises NotFound, Forbidden."""
    party, file = lock_own_file(actor)
    gone, _by_model = file.times_off.filter(public_id=public_id).delete()
    if not gone:
        raise NotFound
    _changed(file, party, actor, "times_off")


@use_case
def save_portrait(*, actor: Actor, shares: Mapping[str, Shares]) -> FanPortrait:
    """What she declares of her audience, question by question. Raises Forbidden."""
    party, file = lock_own_file(actor)
    parts = {part: cleaned(part, shares.get(part, {})) for part in PARTS}
    portrait, _made = FanPortrait.objects.update_or_create(file=file, defaults=parts | {"declared_at": clock.now()})
    _changed(file, party, actor, "portrait")
    return portrait


@use_case
def set_cover(*, actor: Actor, original: Original) -> Asset:
    """The picture across the top of her page; the earlier one is erased. Raises Forbidden."""
    party, file = lock_own_file(actor)
    asset = create_asset(original, party=party, purpose=COVER, by=actor)
    earlier, file.cover = file.cover, asset.public_id
    _changed(file, party, actor, "cover")
    if earlier:
        erase_asset(earlier, by=actor, why="replaced")
    return asset


@use_case
def remove_cover(*, actor: Actor) -> None:
    """Again: nothing happens. Raises Forbidden."""
    party, file = lock_own_file(actor)
    if file.cover:
        earlier, file.cover = file.cover, ""
        _changed(file, party, actor, "cover")
        erase_asset(earlier, by=actor, why="removed")


def _changed(file: AnchorFile, party: Party, actor: Actor, section: str) -> None:
    publish_file(file, party)
    record(AnchorFileSaved(aggregate=party.public_id, section=section), by=actor)
