"""CSV that spreadsheets can open without running anything."""

import csv
import re
from collections.abc import Iterable, Iterator

from django.http import StreamingHttpResponse

_NUMBER = re.compile(r"-?\d+(\.\d+)?")
_BYTE_ORDER_MARK = "\ufeff"  # without it Excel takes UTF-8 for Latin-1


class _Echo:
    """A file that hands back what is written to it."""

    def write(self, text: str) -> str:
        return text


def response(name: str, heading: Iterable[str], rows: Iterable[Iterable[str]]) -> StreamingHttpResponse:
    """A download, streamed line by line."""
    http = StreamingHttpResponse(_lines(heading, rows), content_type="text/csv; charset=utf-8")
    http["Content-Disposition"] = f'attachment; filename="{name}"'
    return http


def safe(cell: str) -> str:
    """A cell that begins like a formula is written as text; a negative number is a number."""
    if cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n")) and not _NUMBER.fullmatch(cell):
        return f"'{cell}"
    return cell


def _lines(heading: Iterable[str], rows: Iterable[Iterable[str]]) -> Iterator[str]:
    writer = csv.writer(_Echo())
    yield _BYTE_ORDER_MARK + writer.writerow(heading)
    for row in rows:
        yield writer.writerow([safe(cell) for cell in row])
