"""An upload on its way in: the bytes to storage first, then the row that knows them."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import TypeVar

from marketplace.core.actor import Actor
from marketplace.media.checked import Checked
from marketplace.media.gateways import files
from marketplace.media.models import Access, Asset
from marketplace.media.models.asset import new_token
from marketplace.media.originals import Original
from marketplace.media.services.party_picture import set_party_picture
from marketplace.media.services.uploads import record_upload

R = TypeVar("R")


def upload_picture(
    *, actor: Actor, file: Checked, purpose: str, access: Access = Access.PUBLIC, alt: str = ""
) -> Asset:
    """Store a checked picture and have its renditions made. `file` comes from PictureField or `check_picture`."""
    return stored(file, lambda kept: record_upload(actor=actor, original=kept, purpose=purpose, access=access, alt=alt))


def upload_party_picture(*, actor: Actor, file: Checked) -> Asset:
    return stored(file, lambda original: set_party_picture(actor=actor, original=original))


def stored(file: Checked, use: Callable[[Original], R]) -> R:
    """`stored_all` for one file."""
    return stored_all([file], lambda originals: use(originals[0]))


def stored_all(uploads: Sequence[Checked], use: Callable[[list[Original]], R]) -> R:
    """Keep the bytes, then call the use case that makes rows of them; what it refuses leaves no file behind.

    A process that dies in between leaves some that the sweep finds (`tasks.sweep_lost_originals`).
    """
    originals: list[Original] = []
    try:
        originals.extend(_kept(file) for file in uploads)
        return use(originals)
    except Exception:
        for original in originals:
            with suppress(OSError):
                files.delete(original.file)
        raise


def _kept(file: Checked) -> Original:
    token = new_token()
    name = f"{files.ORIGINALS}/{token}"
    files.write(name, file.data)
    return Original(
        token=token,
        file=name,
        mime=file.format.mime,
        size_bytes=len(file.data),
        sha256=file.sha256,
        width=file.width,
        height=file.height,
    )
