"""What a check by content hands on. Pure."""

import hashlib
import re
from dataclasses import dataclass, field

from marketplace.media.errors import EmptyUpload, Mistyped, UploadTooBig
from marketplace.media.limits import MAX_BYTES

EXTENSION = re.compile(r"\.([A-Za-z][A-Za-z0-9]{1,4})$")
UNTYPED = {"", "application/octet-stream", "binary/octet-stream"}


@dataclass(frozen=True, slots=True)
class Format:
    """One kind of file that we take: how it calls itself, and how others may call it."""

    name: str
    mime: str
    extensions: frozenset[str]
    other_mimes: frozenset[str] = frozenset()

    def hold_to(self, filename: str, content_type: str) -> None:
        """Raises Mistyped when the name or the declared type says another kind than the content is."""
        ending = EXTENSION.search(filename)
        said = content_type.split(";")[0].strip().lower()
        if ending is not None and ending[1].lower() not in self.extensions:
            raise Mistyped(said=ending[1].upper(), found=self.name)
        if said not in UNTYPED and said != self.mime and said not in self.other_mimes:
            raise Mistyped(said=said, found=self.name)


@dataclass(frozen=True, slots=True)
class Checked:
    """A file whose content was looked at. Nothing of the name it came with is kept."""

    data: bytes = field(repr=False)
    format: Format
    width: int = 0
    height: int = 0

    @property
    def is_picture(self) -> bool:
        return self.width > 0

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.data).hexdigest()


def check_size(size: int) -> None:
    """Raises EmptyUpload, UploadTooBig."""
    if size == 0:
        raise EmptyUpload
    if size > MAX_BYTES:
        raise UploadTooBig(megabytes=MAX_BYTES // 2**20)
