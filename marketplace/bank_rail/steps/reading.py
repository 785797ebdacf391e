"""A file that somebody gave us, read, or refused in words."""

from collections.abc import Callable
from hashlib import sha256
from typing import TypeVar

from marketplace.bank_rail.errors import FileRefused, UploadedBefore
from marketplace.bank_rail.files.table import WrongFile
from marketplace.bank_rail.machine import UploadState
from marketplace.bank_rail.models import Upload
from marketplace.bank_rail.wording import problem
from marketplace.core.tx import step

R = TypeVar("R")


def read_or_refuse(read: Callable[[], R]) -> R:
    """Raises FileRefused."""
    try:
        return read()
    except WrongFile as wrong:
        raise FileRefused(problem=problem(wrong), row=wrong.row, column=wrong.column) from wrong


@step
def digest_of_new(kind: Upload.Kind, content: bytes) -> str:
    """The file's hash. Raises UploadedBefore, unless it was discarded."""
    digest = sha256(content).hexdigest()
    there = Upload.objects.filter(kind=kind, sha256=digest).exclude(state=UploadState.DISCARDED).first()
    if there is not None:
        raise UploadedBefore(name=there.name, at=f"{there.uploaded_at:%Y-%m-%d %H:%M} UTC", upload=there.pk)
    return digest
