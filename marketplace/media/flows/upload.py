"""An upload on its way in: the bytes to storage first, then the row that knows them."""

import logging
from collections.abc import Callable
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

logger = logging.getLogger(__name__)
R = TypeVar("R")


def upload_picture(
    *, actor: Actor, file: Checked, purpose: str, access: Access = Access.PUBLIC, alt: str = ""
) -> Asset:
    """Store a checked picture and have its renditions made. `file` comes from PictureField or `check_picture`."""
    return stored(file, lambda kept: record_upload(actor=actor, original=kept, purpose=purpose, access=access, alt=alt))


def upload_party_picture(*, actor: Actor, file: Checked) -> Asset:
    return stored(file, lambda original: set_party_picture(actor=actor, original=original))


def stored(file: Checked, use: Callable[[Original], R]) -> R:
    """Keep the bytes, then call the use case that makes a row of them; what it refuses leaves no file behind.

    A process that dies in between leaves one that the sweep finds (`tasks.sweep_lost_originals`).
    """
    original = _kept(file)
    try:
        return use(original)
    except Exception:
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
