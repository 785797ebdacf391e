"""A file that arrives in parts: begun, grown, finished or given up."""

from datetime import timedelta

from django.db.models import Sum

from marketplace.accounts.models import Party
from marketplace.accounts.steps.parties import lock_own_party
from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.core.errors import NotFound
from marketplace.core.locks import lock
from marketplace.core.record import record
from marketplace.core.tx import use_case
from marketplace.media.errors import EmptyUpload, NoRoom, TooManyUploads, UploadOver, UploadTooBig
from marketplace.media.events import UploadBegun, UploadFinished, UploadStopped
from marketplace.media.limits import PARTY_MAX_BYTES, UPLOADS_AN_HOUR, UPLOADS_AT_ONCE, WORK_MAX_BYTES
from marketplace.media.machine import UPLOAD, AssetState, UploadState
from marketplace.media.models import Access, Asset, Upload
from marketplace.media.originals import Original
from marketplace.media.policies import MEDIA, MediaAction
from marketplace.media.steps.assets import create_asset

BIG = (Asset.Kind.VIDEO, Asset.Kind.DOCUMENT)


@use_case
def begin_upload(*, actor: Actor, name: str, size_bytes: int, purpose: str) -> Upload:
    """Announce a file. Raises Forbidden, EmptyUpload, UploadTooBig, TooManyUploads, NoRoom."""
    party = lock_own_party(actor)
    MEDIA.authorise(actor, MediaAction.UPLOAD, party)
    if size_bytes <= 0:
        raise EmptyUpload
    if size_bytes > WORK_MAX_BYTES:
        raise UploadTooBig(megabytes=WORK_MAX_BYTES // 10**6)
    _hold_to_limits(party, size_bytes)
    upload = Upload.objects.create(
        party=party, user_id=actor.user_id, purpose=purpose, name=name, size_bytes=size_bytes
    )
    record(UploadBegun(aggregate=upload.public_id, purpose=purpose, size_bytes=size_bytes), by=actor)
    return upload


@use_case
def note_received(*, actor: Actor, public_id: str, received_bytes: int) -> Upload:
    """How long its file is now. Parts are no events: a film has two hundred of them. Raises NotFound, UploadOver."""
    upload = _lock_open(actor, public_id)
    upload.received_bytes = received_bytes
    upload.save(update_fields=["received_bytes"])
    return upload


@use_case
def finish_upload(*, actor: Actor, public_id: str, original: Original, name: str) -> Asset:
    """Its content was judged: it is a file of the party now, which the worker makes ready."""
    party = lock_own_party(actor)
    upload = _lock_open(actor, public_id)
    MEDIA.authorise(actor, MediaAction.UPLOAD, party)
    asset = create_asset(original, party=party, purpose=upload.purpose, by=actor, access=Access.PARTY, name=name)
    move = UPLOAD.fire(upload, "finish")
    upload.asset, upload.received_bytes = asset, upload.size_bytes
    upload.save(update_fields=["state", "asset", "received_bytes"])
    record(UploadFinished(aggregate=public_id, asset=asset.public_id), by=actor, move=move)
    return asset


@use_case
def stop_upload(*, actor: Actor, public_id: str, how: str, why: str = "") -> Upload:
    """`how` is cancel, or refuse with the code of the refusal in `why`. Raises NotFound, UploadOver."""
    upload = _lock_open(actor, public_id)
    _stop(upload, how, why, actor)
    return upload


@use_case
def expire_uploads(*, actor: Actor, batch: int = 200) -> list[str]:
    """Give up what was not finished in time; returns the tokens of their files."""
    MEDIA.authorise(actor, MediaAction.PROCESS)
    late = Upload.objects.filter(state=UploadState.RECEIVING, expires_at__lte=clock.now())
    found = lock(late.filter(pk__in=list(late.order_by("expires_at").values_list("pk", flat=True)[:batch])), "upload")
    for upload in found:
        _stop(upload, "expire", "", actor)
    return [upload.token for upload in found]


def _stop(upload: Upload, how: str, why: str, by: Actor) -> None:
    move = UPLOAD.fire(upload, how)
    upload.reason = why
    upload.save(update_fields=["state", "reason"])
    record(UploadStopped(aggregate=upload.public_id, how=how, why=why), by=by, move=move)


def _lock_open(actor: Actor, public_id: str) -> Upload:
    found = lock(Upload.objects.visible_to(actor).filter(public_id=public_id), "upload")
    if not found:
        raise NotFound
    if found[0].state != UploadState.RECEIVING or found[0].expires_at <= clock.now():
        raise UploadOver
    return found[0]


def _hold_to_limits(party: Party, more: int) -> None:
    uploads = Upload.objects.filter(party=party)
    coming = uploads.filter(state=UploadState.RECEIVING, expires_at__gt=clock.now())
    recent = uploads.filter(created_at__gt=clock.now() - timedelta(hours=1))
    if coming.count() >= UPLOADS_AT_ONCE or recent.count() >= UPLOADS_AN_HOUR:
        raise TooManyUploads(retry_after=3600)
    kept = Asset.objects.filter(party=party, kind__in=BIG).exclude(state__in=[AssetState.ERASED, AssetState.REFUSED])
    taken = sum(rows.aggregate(sum=Sum("size_bytes"))["sum"] or 0 for rows in (coming, kept))
    if taken + more > PARTY_MAX_BYTES:
        raise NoRoom(gigabytes=PARTY_MAX_BYTES // 10**9)
