"""What other apps' use cases do with uploaded files."""

from marketplace.accounts.models import Party
from marketplace.core.actor import Actor
from marketplace.core.errors import NotFound
from marketplace.core.locks import lock
from marketplace.core.record import record
from marketplace.core.tx import step
from marketplace.media.events import AssetErased, AssetUploaded
from marketplace.media.machine import ASSET
from marketplace.media.models import Access, Asset
from marketplace.media.originals import Original


@step
def create_asset(
    original: Original,
    *,
    party: Party,
    purpose: str,
    by: Actor,
    access: Access = Access.PUBLIC,
    alt: str = "",
    name: str = "",
) -> Asset:
    """A row for a stored upload; the worker makes its renditions after the commit."""
    asset = Asset.objects.create(
        party=party,
        uploaded_by_id=by.user_id,
        kind=_kind(original),
        purpose=purpose,
        access=access,
        token=original.token,
        original=original.file,
        mime=original.mime,
        size_bytes=original.size_bytes,
        sha256=original.sha256,
        width=original.width,
        height=original.height,
        alt=alt,
        name=name,
    )
    record(AssetUploaded(aggregate=asset.public_id, purpose=purpose, sha256=asset.sha256), by=by)
    return asset


def _kind(original: Original) -> Asset.Kind:
    if original.is_video:
        return Asset.Kind.VIDEO
    return Asset.Kind.PICTURE if original.is_picture else Asset.Kind.DOCUMENT


@step
def erase_asset(public_id: str, *, by: Actor, why: str) -> None:
    """Nobody sees it from now on; the worker deletes its bytes. Again: nothing happens."""
    asset = lock_asset(public_id)
    if ASSET.can(asset, "erase"):
        move = ASSET.fire(asset, "erase")
        asset.alt = asset.name = asset.colour = asset.placeholder = ""
        asset.save(update_fields=["state", "alt", "name", "colour", "placeholder"])
        record(AssetErased(aggregate=public_id, why=why), by=by, move=move)


@step
def lock_asset(public_id: str) -> Asset:
    """Raises NotFound."""
    found = lock(Asset.objects.filter(public_id=public_id), "asset")
    if not found:
        raise NotFound
    return found[0]
