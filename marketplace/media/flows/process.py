"""The slow work, with no transaction open: decode, draw, store; each outcome is a use case. Safe to come again."""

import hashlib
import logging
from collections.abc import Iterable
from datetime import timedelta

from marketplace.core import clock
from marketplace.core.actor import Actor, Source
from marketplace.media.errors import UploadRefused
from marketplace.media.gateways import files
from marketplace.media.limits import DOCUMENT_WIDTH, WIDTHS
from marketplace.media.machine import AssetState
from marketplace.media.models import Access, Asset, Rendition
from marketplace.media.models.asset import WORK
from marketplace.media.pdf_overlay import overlaid_pdf
from marketplace.media.pictures import Drawn, Rendered, render
from marketplace.media.selectors import (
    draft_words,
    get_asset_for_worker,
    known_originals,
    largest_clean,
    work_without_overlay,
)
from marketplace.media.services.processing import (
    forget_files,
    record_overlays,
    record_renditions,
    refuse_asset,
    start_processing,
)

WORKER = Actor.system("media", Source.TASK)
LOST_AFTER = timedelta(hours=24)

log = logging.getLogger(__name__)


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


def draw_missing_overlays() -> int:
    """Work from before there were overlays: until then only its owners are shown it. Returns how many.

    A picture's upload itself is gone, so it is drawn from the largest clean rendition.
    """
    drawn = 0
    for public_id in work_without_overlay():
        try:
            _draw_overlays(get_asset_for_worker(public_id))
            drawn += 1
        except (OSError, UploadRefused):  # its bytes are lost or spoilt; the others are drawn all the same
            log.exception("no overlay could be drawn for %s", public_id)
    return drawn


def _draw_overlays(asset: Asset) -> None:
    made = _stored(asset, _covered_paper(asset) if asset.kind == Asset.Kind.DOCUMENT else _covered_picture(asset))
    if record_overlays(actor=WORKER, public_id=asset.public_id, made=made).state == AssetState.ERASED:
        erase_files(asset.public_id)


def _covered_picture(asset: Asset) -> list[Drawn]:
    clean = largest_clean(asset)
    if clean is None:
        raise FileNotFoundError(asset.public_id)
    rendered = render(files.read(clean.file), widths=WIDTHS, draft=draft_words(asset))
    return [drawn for drawn in rendered.drawn if drawn.overlay]


def _covered_paper(asset: Asset) -> list[Drawn]:
    data = overlaid_pdf(files.read(asset.original), draft_words(asset))
    return [Drawn(Rendition.Format.PDF, width=0, height=0, data=data, overlay=True)]


def _drawn(asset: Asset) -> Asset:
    rendered, drawn = None, ()
    try:
        if asset.kind == Asset.Kind.PICTURE:
            rendered = _render(asset, files.read(asset.original))
            drawn = rendered.drawn
        elif asset.kind == Asset.Kind.DOCUMENT and asset.purpose == WORK:
            drawn = _covered_paper(asset)
    except UploadRefused as refusal:
        return refuse_asset(actor=WORKER, public_id=asset.public_id, why=refusal.code)
    made = _stored(asset, drawn)
    sha256 = asset.sha256 or files.fingerprint(asset.original)
    return record_renditions(actor=WORKER, public_id=asset.public_id, rendered=rendered, made=made, sha256=sha256)


def _render(asset: Asset, data: bytes) -> Rendered:
    """Papers are drawn once, large enough to read; a picture in every size and format, work under an overlay too."""
    if asset.access == Access.SEALED:
        return render(data, widths=(DOCUMENT_WIDTH,), formats=("webp",))
    return render(data, widths=WIDTHS, draft=draft_words(asset) if asset.purpose == WORK else "")


def _stored(asset: Asset, pictures: Iterable[Drawn]) -> list[Rendition]:
    """Names follow from the asset, so that a second try after a crash replaces what the first one left."""
    made = []
    for drawn in pictures:
        name = f"{_folder(asset)}/{'draft-' if drawn.overlay else ''}{drawn.width}.{drawn.format}"
        files.write(name, drawn.data)
        made.append(
            Rendition(
                format=drawn.format,
                width=drawn.width,
                height=drawn.height,
                overlay=drawn.overlay,
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
