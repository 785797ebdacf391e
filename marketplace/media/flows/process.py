"""The slow work, with no transaction open: decode, draw, store; each outcome is a use case. Safe to come again."""

import hashlib
from datetime import timedelta

from marketplace.core import clock
from marketplace.core.actor import Actor, Source
from marketplace.media.errors import UploadRefused
from marketplace.media.gateways import files
from marketplace.media.limits import DOCUMENT_WIDTH, WIDTHS
from marketplace.media.machine import AssetState
from marketplace.media.models import Access, Asset, Rendition
from marketplace.media.pictures import Rendered, render
from marketplace.media.selectors import get_asset_for_worker, known_originals
from marketplace.media.services.processing import forget_files, record_renditions, refuse_asset, start_processing

WORKER = Actor.system("media", Source.TASK)
LOST_AFTER = timedelta(hours=24)


def process(public_id: str) -> None:
    """From what was uploaded to what is shown."""
    asset = start_processing(actor=WORKER, public_id=public_id)
    if asset.state == AssetState.PROCESSING:
        asset = _drawn(asset)
    if asset.state == AssetState.ERASED:  # while we drew, or before we began: what we stored belongs to nobody
        erase_files(public_id)
    elif asset.kind == Asset.Kind.PICTURE or asset.state == AssetState.REFUSED:
        _drop_original(asset)


def erase_files(public_id: str) -> None:
    """Every byte of an erased asset."""
    asset = get_asset_for_worker(public_id)
    files.delete_folder(_folder(asset))
    if asset.original:
        files.delete(asset.original)
    forget_files(actor=WORKER, public_id=public_id, renditions=True)


def sweep_lost_originals() -> int:
    """Delete stored uploads that no row knows: a process died between the two. Returns how many."""
    lost = set(files.originals_before(clock.now() - LOST_AFTER))
    lost -= known_originals(lost)
    for name in lost:
        files.delete(name)
    return len(lost)


def _drawn(asset: Asset) -> Asset:
    rendered, made = None, []
    if asset.kind == Asset.Kind.PICTURE:
        try:
            rendered = _render(asset, files.read(asset.original))
        except UploadRefused as refusal:
            return refuse_asset(actor=WORKER, public_id=asset.public_id, why=refusal.code)
        made = _stored(asset, rendered)
    sha256 = asset.sha256 or files.fingerprint(asset.original)
    return record_renditions(actor=WORKER, public_id=asset.public_id, rendered=rendered, made=made, sha256=sha256)


def _render(asset: Asset, data: bytes) -> Rendered:
    """Papers are drawn once, large enough to read; a public picture in every size and format."""
    if asset.access == Access.SEALED:
        return render(data, widths=(DOCUMENT_WIDTH,), formats=("webp",))
    return render(data, widths=WIDTHS)


def _stored(asset: Asset, rendered: Rendered) -> list[Rendition]:
    """Names follow from the asset, so that a second try after a crash replaces what the first one left."""
    made = []
    for drawn in rendered.drawn:
        name = f"{_folder(asset)}/{drawn.width}.{drawn.format}"
        files.write(name, drawn.data)
        made.append(
            Rendition(
                format=drawn.format,
                width=drawn.width,
                height=drawn.height,
                file=name,
                size_bytes=len(drawn.data),
                sha256=hashlib.sha256(drawn.data).hexdigest(),
            )
        )
    return made


def _folder(asset: Asset) -> str:
    return f"{files.RENDITIONS}/{asset.token}"


def _drop_original(asset: Asset) -> None:
    if asset.original:
        files.delete(asset.original)
        forget_files(actor=WORKER, public_id=asset.public_id, renditions=False)
