"""Reads about uploaded files."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.urls import reverse

from marketplace.core.actor import Actor
from marketplace.core.errors import NotFound
from marketplace.media.file_names import saved_as
from marketplace.media.machine import AssetState, UploadState
from marketplace.media.models import Access, Asset, Rendition, Upload

FACE_WIDTH = 160


@dataclass(frozen=True, slots=True)
class PictureView:
    """What `<c-picture>` draws: addresses by format, the picture's proportions, and what stands in for it."""

    public_id: str
    state: str
    reason: str
    alt: str
    width: int
    height: int
    colour: str
    placeholder: str
    avif: str
    webp: str
    src: str
    face: str

    @property
    def is_ready(self) -> bool:
        return self.state == AssetState.READY

    @property
    def is_coming(self) -> bool:
        return self.state in {AssetState.UPLOADED, AssetState.PROCESSING}

    @property
    def is_refused(self) -> bool:
        return self.state == AssetState.REFUSED


def get_rendition(actor: Actor, public_id: str, width: int, format_: str) -> Rendition:
    """The one under an overlay, for whom may not have it whole.

    Raises NotFound for what the actor may not see, and for what is not there (yet, or any more).
    """
    visible = Asset.objects.visible_to(actor).with_whole(actor).filter(public_id=public_id, state=AssetState.READY)
    drawn = Rendition.objects.select_related("asset").filter(width=width, format=format_, width__gt=0)
    clean, covered = visible.filter(is_whole=True), visible.filter(is_whole=False)
    try:
        return drawn.get(
            Q(asset__in=clean.values("pk"), overlay=False) | Q(asset__in=covered.values("pk"), overlay=True)
        )
    except Rendition.DoesNotExist:
        raise NotFound from None


def get_document(actor: Actor, public_id: str) -> Asset:
    """A PDF that the actor may have whole. Raises NotFound."""
    documents = Asset.objects.visible_to(actor).with_whole(actor).filter(kind=Asset.Kind.DOCUMENT, is_whole=True)
    try:
        return documents.get(public_id=public_id, state=AssetState.READY)
    except Asset.DoesNotExist:
        raise NotFound from None


@dataclass(frozen=True, slots=True)
class WorkFile:
    """The bytes of a video or a PDF that a reader may have: where storage keeps them, and how they are named."""

    asset: Asset
    file: str
    name: str
    mime: str
    size_bytes: int
    sha256: str


def get_work_file(actor: Actor, public_id: str) -> WorkFile:
    """A video or a PDF that the actor may see; a PDF under an overlay for whom may not have it whole.

    Raises NotFound.
    """
    kept = Asset.objects.visible_to(actor).with_whole(actor).filter(kind__in=[Asset.Kind.VIDEO, Asset.Kind.DOCUMENT])
    try:
        asset = kept.get(public_id=public_id, state=AssetState.READY)
        name = asset.name or saved_as(asset.public_id, asset.mime)
        if asset.is_whole or asset.kind == Asset.Kind.VIDEO:
            return WorkFile(asset, asset.original, name, asset.mime, asset.size_bytes, asset.sha256)
        drawn = asset.renditions.get(overlay=True)
        return WorkFile(asset, drawn.file, name, drawn.mime, drawn.size_bytes, drawn.sha256)
    except (Asset.DoesNotExist, Rendition.DoesNotExist):
        raise NotFound from None


def own_files(actor: Actor, public_ids: Iterable[str]) -> list[str]:
    """Those ids, when all of them are files of work of the actor's own party. Raises NotFound."""
    wanted = list(public_ids)
    if not wanted:
        return []
    own = Asset.objects.filter(party_id=actor.party_id, access=Access.PARTY, public_id__in=wanted)
    if own.exclude(state__in=[AssetState.ERASED, AssetState.REFUSED]).count() != len(wanted):
        raise NotFound
    return wanted


@dataclass(frozen=True, slots=True)
class FileView:
    """What a page says about a file of work: its name and size, and where to fetch it once it is ready.

    `draft` are the words over what the reader does not have whole yet: over a film the page draws them.
    """

    public_id: str
    name: str
    size_bytes: int
    mime: str
    is_film: bool
    draft: str
    url: str


def files_of(actor: Actor, public_ids: Iterable[str]) -> dict[str, FileView]:
    """The videos and papers among public ids, in one query; what the actor may not see is missing."""
    wanted = [public_id for public_id in public_ids if public_id]
    if not wanted:
        return {}
    visible = Asset.objects.visible_to(actor).with_whole(actor)
    kept = visible.filter(kind__in=[Asset.Kind.VIDEO, Asset.Kind.DOCUMENT])
    shown = kept.filter(public_id__in=wanted).exclude(state__in=[AssetState.ERASED, AssetState.REFUSED])
    covered = Exists(Rendition.objects.filter(asset=OuterRef("pk"), overlay=True))
    return {asset.public_id: _file_view(asset) for asset in shown.annotate(is_covered=covered)}


def _file_view(asset: Asset) -> FileView:
    """A PDF that is to be covered and is not yet is still getting ready."""
    here = asset.is_whole or asset.is_covered or asset.kind == Asset.Kind.VIDEO
    return FileView(
        public_id=asset.public_id,
        name=asset.name or asset.public_id,
        size_bytes=asset.size_bytes,
        mime=asset.mime,
        is_film=asset.kind == Asset.Kind.VIDEO,
        draft="" if asset.is_whole else draft_words(asset),
        url=reverse("media-file", args=[asset.public_id]) if here and asset.state == AssetState.READY else "",
    )


def get_upload(actor: Actor, public_id: str) -> Upload:
    """One's own. Raises NotFound."""
    try:
        return Upload.objects.visible_to(actor).select_related("asset").get(public_id=public_id)
    except Upload.DoesNotExist:
        raise NotFound from None


def open_upload_tokens(tokens: Iterable[str]) -> set[str]:
    receiving = Upload.objects.filter(state=UploadState.RECEIVING, token__in=list(tokens))
    return set(receiving.values_list("token", flat=True))


def pictures_of(actor: Actor, public_ids: Iterable[str]) -> dict[str, PictureView]:
    """The pictures behind public ids (of cards, say) in two queries; ids that the actor may not see are missing."""
    wanted = {public_id for public_id in public_ids if public_id}
    if not wanted:
        return {}
    visible = Asset.objects.visible_to(actor).with_whole(actor).exclude(state=AssetState.ERASED)
    assets = _with_renditions(visible.filter(public_id__in=wanted))
    return {asset.public_id: _picture_view(asset, asset.is_whole) for asset in assets}


def find_picture(actor: Actor, public_id: str) -> PictureView | None:
    return pictures_of(actor, [public_id]).get(public_id)


def _picture_view(asset: Asset, is_whole: bool) -> PictureView:
    renditions = [rendition for rendition in asset.renditions.all() if rendition.overlay != is_whole]
    by_format = {
        name: [rendition for rendition in renditions if rendition.format == name] for name in Rendition.Format.values
    }
    webp = by_format[Rendition.Format.WEBP]
    return PictureView(
        public_id=asset.public_id,
        state=AssetState.PROCESSING if asset.state == AssetState.READY and not webp else asset.state,
        reason=asset.reason,
        alt=asset.alt,
        width=webp[-1].width if webp else asset.width,
        height=webp[-1].height if webp else asset.height,
        colour=asset.colour,
        placeholder=asset.placeholder,
        avif=_srcset(asset, by_format[Rendition.Format.AVIF]),
        webp=_srcset(asset, webp),
        src=_address(asset, webp[-1]) if webp else "",
        face=_address(asset, webp[0]) if webp else "",
    )


def draft_words(asset: Asset) -> str:
    """What stands over a draft: who shows it, and which file it is."""
    return f"DRAFT · Mooring · {asset.public_id[-6:]}"


def largest_clean(asset: Asset) -> Rendition | None:
    return asset.renditions.filter(overlay=False, format=Rendition.Format.WEBP).order_by("-width").first()


def work_without_overlay() -> list[str]:
    return list(Asset.objects.without_overlay().order_by("pk").values_list("public_id", flat=True))


def get_asset_for_worker(public_id: str) -> Asset:
    """Whatever its state; for the platform's own work."""
    return Asset.objects.get(public_id=public_id)


def get_rendition_for_owner_app(asset: Asset) -> Rendition | None:
    """The largest rendition of a sealed asset, for the app that has checked and logged who looks."""
    return asset.renditions.order_by("-width", "format").first()


def known_originals(names: Iterable[str]) -> set[str]:
    return set(Asset.objects.filter(original__in=list(names)).values_list("original", flat=True))


def _with_renditions(assets: QuerySet[Asset]) -> QuerySet[Asset]:
    return assets.prefetch_related(Prefetch("renditions", queryset=Rendition.objects.order_by("width")))


def _srcset(asset: Asset, renditions: list[Rendition]) -> str:
    return ", ".join(f"{_address(asset, rendition)} {rendition.width}w" for rendition in renditions)


def _address(asset: Asset, rendition: Rendition) -> str:
    return reverse("media-rendition", args=[asset.public_id, rendition.width, rendition.format])
