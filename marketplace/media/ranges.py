"""The one range that a request asks for (RFC 9110, 14.2). Pure."""

import re
from dataclasses import dataclass

RANGE = re.compile(r"bytes=(\d{0,19})-(\d{0,19})")


class Unsatisfiable(Exception):
    """It begins behind the end."""


@dataclass(frozen=True, slots=True)
class Span:
    """Bytes from `first` to `last`, both included."""

    first: int
    last: int

    @property
    def length(self) -> int:
        return self.last - self.first + 1


def span_of(header: str, size: int) -> Span | None:
    """None for no range, for several, and for what is none: then all of it is the answer. Raises Unsatisfiable."""
    found = RANGE.fullmatch(header.strip().lower().replace(" ", ""))
    if found is None or found[1] == found[2] == "":
        return None
    if found[1] == "":
        count = int(found[2])
        if count == 0:
            raise Unsatisfiable
        return Span(max(0, size - count), size - 1)
    first = int(found[1])
    last = min(int(found[2]), size - 1) if found[2] else size - 1
    if found[2] and int(found[2]) < first:
        return None
    if first >= size:
        raise Unsatisfiable
    return Span(first, last)
