"""Reads about uploaded files."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet
from django.urls import reverse

from marketplace.core.actor import Actor
from marketplace.core.errors import NotFound
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
    """Raises NotFound for what the actor may not see, and for what is not there (yet, or any more)."""
    visible = Asset.objects.visible_to(actor).filter(public_id=public_id, state=AssetState.READY)
    try:
        found = Rendition.objects.select_related("asset").get(asset__in=visible, width=width, format=format_)
    except Rendition.DoesNotExist:
        raise NotFound from None
    return found


def get_document(actor: Actor, public_id: str) -> Asset:
    """A PDF of the actor's party. Raises NotFound."""
    documents = Asset.objects.visible_to(actor).filter(kind=Asset.Kind.DOCUMENT, state=AssetState.READY)
    try:
        return documents.get(public_id=public_id)
    except Asset.DoesNotExist:
        raise NotFound from None


def get_work_file(actor: Actor, public_id: str) -> Asset:
    """A video or a PDF that the actor may see. Raises NotFound."""
    kept = Asset.objects.visible_to(actor).filter(kind__in=[Asset.Kind.VIDEO, Asset.Kind.DOCUMENT])
    try:
        return kept.get(public_id=public_id, state=AssetState.READY)
    except Asset.DoesNotExist:
        raise NotFound from None


def own_files(actor: Actor, public_ids: Iterable[str]) -> list[str]:
    """Those ids, when all of them are files of work of the actor's own party. Raises NotFound."""
    wanted = list(public_ids)
    own = Asset.objects.filter(party_id=actor.party_id, access=Access.PARTY, public_id__in=wanted)
    if own.exclude(state__in=[AssetState.ERASED, AssetState.REFUSED]).count() != len(wanted):
        raise NotFound
    return wanted


@dataclass(frozen=True, slots=True)
class FileView:
    """What a page says about a file of work: its name and size, and where to fetch it once it is ready."""

    name: str
    size_bytes: int
    url: str


def files_of(actor: Actor, public_ids: Iterable[str]) -> dict[str, FileView]:
    """The videos and papers among public ids, in one query; what the actor may not see is missing."""
    wanted = [public_id for public_id in public_ids if public_id]
    if not wanted:
        return {}
    kept = Asset.objects.visible_to(actor).filter(kind__in=[Asset.Kind.VIDEO, Asset.Kind.DOCUMENT])
    shown = kept.filter(public_id__in=wanted).exclude(state__in=[AssetState.ERASED, AssetState.REFUSED])
    return {asset.public_id: _file_view(asset) for asset in shown}


def _file_view(asset: Asset) -> FileView:
    ready = asset.state == AssetState.READY
    url = reverse("media-file", args=[asset.public_id]) if ready else ""
    return FileView(asset.name or asset.public_id, asset.size_bytes, url)


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
    assets = _with_renditions(Asset.objects.visible_to(actor).exclude(state=AssetState.ERASED))
    return {asset.public_id: picture_view(asset) for asset in assets.filter(public_id__in=wanted)}


def find_picture(actor: Actor, public_id: str) -> PictureView | None:
    return pictures_of(actor, [public_id]).get(public_id)


def picture_view(asset: Asset) -> PictureView:
    renditions = list(asset.renditions.all())
    by_format = {
        name: [rendition for rendition in renditions if rendition.format == name] for name in Rendition.Format.values
    }
    webp = by_format[Rendition.Format.WEBP]
    return PictureView(
        public_id=asset.public_id,
        state=asset.state,
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
