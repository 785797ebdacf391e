"""Parts of a file on their way to storage, with no transaction open while bytes move."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import BinaryIO

from django.core.files.base import File

from marketplace.core import clock
from marketplace.core.actor import Actor, Source
from marketplace.media.errors import PartTooBig, UploadOver, UploadRefused, WrongOffset
from marketplace.media.file_names import plain, saved_as
from marketplace.media.gateways import files, incoming
from marketplace.media.limits import CHUNK_BYTES
from marketplace.media.machine import UploadState
from marketplace.media.models import Asset, Upload
from marketplace.media.originals import Original
from marketplace.media.pictures import check_picture
from marketplace.media.selectors import get_upload, open_upload_tokens, own_files
from marketplace.media.services.resumable import (
    begin_upload,
    expire_uploads,
    finish_upload,
    note_received,
    stop_upload,
)
from marketplace.media.work_files import Found, judge

WORKER = Actor.system("media", Source.TASK)


def begin(*, actor: Actor, name: str, size_bytes: int, purpose: str) -> Upload:
    upload = begin_upload(actor=actor, name=name, size_bytes=size_bytes, purpose=purpose)
    incoming.begin(upload.token)
    return upload


def received(*, actor: Actor, public_id: str) -> int:
    """How many bytes of it are here, by the file itself. Raises NotFound, UploadOver."""
    upload = _open(actor, public_id)
    with _locked(upload) as file:
        return incoming.length_of(file)


def add_part(*, actor: Actor, public_id: str, offset: int, part: bytes) -> int:
    """Append `part` if it begins where the file ends; two tabs cannot interleave. Returns the new length.

    Raises NotFound, UploadOver, PartTooBig, and WrongOffset with the right one.
    """
    upload = _open(actor, public_id)
    if len(part) > CHUNK_BYTES or offset + len(part) > upload.size_bytes:
        raise PartTooBig(megabytes=CHUNK_BYTES // 2**20)
    with _locked(upload) as file:
        here = incoming.length_of(file)
        if offset != here:
            raise WrongOffset(offset=here)
        length = incoming.append(file, part)
        note_received(actor=actor, public_id=public_id, received_bytes=length)
    return length


def finish(*, actor: Actor, public_id: str) -> Asset:
    """Judge what has arrived and make a file of the party of it. What is refused is deleted.

    Again, after an answer that was lost: the same asset. Raises WrongOffset while bytes are missing, UploadRefused.
    """
    done = get_upload(actor, public_id)
    if done.state == UploadState.FINISHED:
        return done.asset
    upload = _open(actor, public_id)
    with _locked(upload) as file:
        here = incoming.length_of(file)
        if here != upload.size_bytes:
            raise WrongOffset(offset=here)
        try:
            original = _original(upload, judge(file, filename=upload.name), file)
        except UploadRefused as refusal:
            stop_upload(actor=actor, public_id=public_id, how="refuse", why=refusal.code)
            incoming.remove(upload.token)
            raise
        incoming.keep(upload.token, original.file)
        try:
            name = saved_as(upload.name, original.mime)
            return finish_upload(actor=actor, public_id=public_id, original=original, name=name)
        except Exception:
            incoming.give_back(upload.token, original.file)
            raise


def handed_over(*, actor: Actor, ids: Sequence[str], small: File | None, purpose: str) -> list[str]:
    """The public ids of what came with a form: the party's own of `ids`, and the small file, kept now.

    Raises NotFound for another's, UploadRefused.
    """
    kept = own_files(actor, ids)
    if small is not None:
        small.seek(0)
        upload = begin(actor=actor, name=plain(small.name or "") or "file", size_bytes=small.size, purpose=purpose)
        offset = 0
        while part := small.read(CHUNK_BYTES):
            offset = add_part(actor=actor, public_id=upload.public_id, offset=offset, part=part)
        kept.append(finish(actor=actor, public_id=upload.public_id).public_id)
    return kept


def cancel(*, actor: Actor, public_id: str) -> None:
    upload = stop_upload(actor=actor, public_id=public_id, how="cancel")
    incoming.remove(upload.token)


def sweep_uploads() -> int:
    """Give up what was not finished in time, and delete every file that no open upload knows. Returns how many."""
    gone = set(expire_uploads(actor=WORKER))
    lying = incoming.all_tokens()
    gone |= set(lying) - open_upload_tokens(lying)
    for token in gone:
        incoming.remove(token)
    return len(gone)


def _open(actor: Actor, public_id: str) -> Upload:
    upload = get_upload(actor, public_id)
    if upload.state != UploadState.RECEIVING or upload.expires_at <= clock.now():
        raise UploadOver
    return upload


@contextmanager
def _locked(upload: Upload) -> Iterator[BinaryIO]:
    try:
        with incoming.locked(upload.token) as file:
            yield file
    except FileNotFoundError:
        raise UploadOver from None


def _original(upload: Upload, found: Found, file: BinaryIO) -> Original:
    """A picture is judged as every picture is; what is kept as it is gets its fingerprint from the worker."""
    name, width, height, sha256 = f"{files.ORIGINALS}/{upload.token}", 0, 0, ""
    if found.is_picture:
        file.seek(0)
        checked = check_picture(file.read(), filename=upload.name)
        width, height, sha256 = checked.width, checked.height, checked.sha256
        found = Found(checked.format, is_picture=True)
    return Original(
        token=upload.token,
        file=name,
        mime=found.format.mime,
        size_bytes=upload.size_bytes,
        sha256=sha256,
        width=width,
        height=height,
        is_video=found.is_video,
    )
