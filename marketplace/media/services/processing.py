"""The worker's part of an asset's life: each function is one step of it, and may come again."""

from marketplace.accounts.models import Party
from marketplace.accounts.steps.cards import set_card_face
from marketplace.core.actor import Actor
from marketplace.core.locks import lock
from marketplace.core.record import record
from marketplace.core.tx import use_case
from marketplace.media.events import AssetProcessing, AssetReady, AssetRefused
from marketplace.media.machine import ASSET, AssetState
from marketplace.media.models import Asset, Rendition
from marketplace.media.models.asset import PARTY_PICTURE as PURPOSE
from marketplace.media.pictures import Rendered
from marketplace.media.policies import MEDIA, MediaAction
from marketplace.media.steps.assets import lock_asset


@use_case
def start_processing(*, actor: Actor, public_id: str) -> Asset:
    """From here on it is being worked at. A second start, after a crash, finds it so and goes on."""
    MEDIA.authorise(actor, MediaAction.PROCESS)
    asset = lock_asset(public_id)
    if asset.state == AssetState.UPLOADED:
        move = ASSET.fire(asset, "process")
        asset.save(update_fields=["state"])
        record(AssetProcessing(aggregate=public_id), by=actor, move=move)
    return asset


@use_case
def record_renditions(
    *, actor: Actor, public_id: str, rendered: Rendered | None, made: list[Rendition], sha256: str = ""
) -> Asset:
    """It can be shown. One that was erased or finished meanwhile stays as it is. `sha256`, when nobody knew it yet."""
    MEDIA.authorise(actor, MediaAction.PROCESS)
    if Asset.objects.filter(public_id=public_id, purpose=PURPOSE).exists():
        lock(Party.objects.filter(assets__public_id=public_id), "party")  # its card is written below
    asset = lock_asset(public_id)
    if asset.state != AssetState.PROCESSING:
        return asset
    move = ASSET.fire(asset, "finish")
    if rendered is not None:
        asset.width, asset.height = rendered.width, rendered.height
        asset.colour, asset.placeholder = rendered.colour, rendered.placeholder
    asset.sha256 = asset.sha256 or sha256
    asset.save(update_fields=["state", "width", "height", "colour", "placeholder", "sha256"])
    for rendition in made:
        rendition.asset = asset
    Rendition.objects.bulk_create(made)
    if asset.purpose == PURPOSE and made:
        set_card_face(asset.party_id, public_id, min(rendition.width for rendition in made))
    record(AssetReady(aggregate=public_id, renditions=len(made)), by=actor, move=move)
    return asset


@use_case
def record_overlays(*, actor: Actor, public_id: str, made: list[Rendition]) -> Asset:
    """What was drawn before there were overlays has them now. One that was erased, or has them, stays as it is."""
    MEDIA.authorise(actor, MediaAction.PROCESS)
    asset = lock_asset(public_id)
    if asset.state == AssetState.READY and not asset.renditions.filter(overlay=True).exists():
        for rendition in made:
            rendition.asset = asset
        Rendition.objects.bulk_create(made)
    return asset


@use_case
def refuse_asset(*, actor: Actor, public_id: str, why: str) -> Asset:
    """Its header was fine and the rest is not."""
    MEDIA.authorise(actor, MediaAction.PROCESS)
    asset = lock_asset(public_id)
    if asset.state == AssetState.PROCESSING:
        move = ASSET.fire(asset, "refuse")
        asset.reason = why
        asset.save(update_fields=["state", "reason"])
        record(AssetRefused(aggregate=public_id, why=why), by=actor, move=move)
    return asset


@use_case
def forget_files(*, actor: Actor, public_id: str, renditions: bool) -> None:
    """The bytes are deleted: no row says any more where they were."""
    MEDIA.authorise(actor, MediaAction.PROCESS)
    asset = lock_asset(public_id)
    asset.original = ""
    asset.save(update_fields=["original"])
    if renditions:
        asset.renditions.all().delete()
