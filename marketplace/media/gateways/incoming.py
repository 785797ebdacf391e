"""Files on their way in: each grows at its end, under a lock of the operating system.

They lie on this machine's own disk, for an object store has no file that grows.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from django.core.files.storage import default_storage

from marketplace.core import faults

INCOMING = "incoming"


def place_of(token: str) -> Path:
    return Path(default_storage.path(f"{INCOMING}/{token}"))


def begin(token: str) -> None:
    place = place_of(token)
    place.parent.mkdir(parents=True, exist_ok=True)
    place.touch(mode=0o600, exist_ok=False)


@contextmanager
def locked(token: str) -> Iterator[BinaryIO]:
    """The file, to read and to write, and nobody else's meanwhile. Raises FileNotFoundError."""
    with place_of(token).open("r+b") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield file


def length_of(file: BinaryIO) -> int:
    return file.seek(0, os.SEEK_END)


def append(file: BinaryIO, part: bytes) -> int:
    """Returns the new length."""
    faults.reach("call:incoming.append:before")
    file.seek(0, os.SEEK_END)
    file.write(part)
    file.flush()
    os.fsync(file.fileno())
    faults.reach("call:incoming.append:after")
    return file.tell()


def keep(token: str, name: str) -> None:
    """It is whole: from now on it is a file of ours, under `name`."""
    target = Path(default_storage.path(name))
    target.parent.mkdir(parents=True, exist_ok=True)
    place_of(token).replace(target)


def give_back(token: str, name: str) -> None:
    """Undo `keep`."""
    Path(default_storage.path(name)).replace(place_of(token))


def remove(token: str) -> None:
    """Again: nothing happens."""
    with suppress(FileNotFoundError):
        place_of(token).unlink()


def all_tokens() -> list[str]:
    folder = Path(default_storage.path(INCOMING))
    return [place.name for place in folder.iterdir()] if folder.exists() else []
