"""The private storage. Names are ours and unguessable; nothing here is under an address that a browser can reach."""

import hashlib
from collections.abc import Iterator
from datetime import datetime

from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage

from marketplace.core import faults

ORIGINALS = "originals"
RENDITIONS = "renditions"


def write(name: str, data: bytes) -> None:
    """Keep `data` under `name`; again with the same name replaces it, so that work done twice leaves one file."""
    faults.reach("call:storage.write:before")
    kept = default_storage.save(name, ContentFile(data))
    if kept != name:  # a storage that renames instead of replacing would leave files that no row knows
        default_storage.delete(kept)
        raise OSError(f"the storage does not replace files: {name}")
    faults.reach("call:storage.write:after")


def read(name: str) -> bytes:
    """Raises FileNotFoundError."""
    with default_storage.open(name) as file:
        return file.read()


def fingerprint(name: str) -> str:
    """SHA-256 of a file that is too large to hold. Raises FileNotFoundError."""
    with default_storage.open(name) as file:
        return hashlib.file_digest(file.file, "sha256").hexdigest()


def open_file(name: str) -> File:
    return default_storage.open(name)


def delete(name: str) -> None:
    """Again: nothing happens."""
    faults.reach("call:storage.delete:before")
    default_storage.delete(name)
    faults.reach("call:storage.delete:after")


def delete_folder(name: str) -> None:
    """Every file directly in it."""
    if default_storage.exists(name):
        for file in default_storage.listdir(name)[1]:
            delete(f"{name}/{file}")
        default_storage.delete(name)


def originals_before(instant: datetime) -> Iterator[str]:
    """Names of uploaded files that have lain there since before `instant`."""
    if not default_storage.exists(ORIGINALS):
        return
    for name in default_storage.listdir(ORIGINALS)[1]:
        path = f"{ORIGINALS}/{name}"
        if default_storage.get_modified_time(path) < instant:
            yield path
