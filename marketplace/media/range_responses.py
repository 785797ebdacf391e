"""A private file that a player jumps about in: whole, or the one range that was asked for."""

from collections.abc import Iterator

from django.core.files.base import File
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils.http import content_disposition_header, quote_etag

from marketplace.media.ranges import Span, Unsatisfiable, span_of
from marketplace.media.responses import SEALED_BOX

BLOCK = 256 * 1024
PRIVATE = "private, no-cache"  # kept for the player's own jumps, asked about each time


def ranged_response(
    request: HttpRequest, file: File, *, size: int, mime: str, sha256: str, name: str
) -> HttpResponse | StreamingHttpResponse:
    """Always an attachment: a player does not mind, and a tab of ours never shows it."""
    etag = quote_etag(sha256[:32])
    answer = _answer(request, file, size=size, etag=etag)
    if answer.status_code in {200, 206}:
        answer["Content-Type"] = mime
        answer["Content-Disposition"] = content_disposition_header(True, name)
    answer["Accept-Ranges"] = "bytes"
    answer["ETag"] = etag
    answer["Cache-Control"] = PRIVATE
    answer["Content-Security-Policy"] = SEALED_BOX
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cross-Origin-Resource-Policy"] = "same-origin"
    return answer


def _answer(request: HttpRequest, file: File, *, size: int, etag: str) -> HttpResponse | StreamingHttpResponse:
    if _knows(request.headers.get("If-None-Match", ""), etag):
        file.close()
        return HttpResponse(status=304)
    try:
        span = _span(request, size, etag)
    except Unsatisfiable:
        file.close()
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    whole = span or Span(0, size - 1)
    if request.method == "HEAD":
        file.close()
        answer = HttpResponse(status=206 if span else 200)
    else:
        answer = StreamingHttpResponse(Blocks(file, whole), status=206 if span else 200)
    answer["Content-Length"] = str(whole.length)
    if span:
        answer["Content-Range"] = f"bytes {span.first}-{span.last}/{size}"
    return answer


def _span(request: HttpRequest, size: int, etag: str) -> Span | None:
    """A range of another version of the file is no range: If-Range must name this one."""
    if request.headers.get("If-Range", etag) != etag:
        return None
    return span_of(request.headers.get("Range", ""), size)


def _knows(header: str, etag: str) -> bool:
    return any(part.strip().removeprefix("W/") in {etag, "*"} for part in header.split(",") if part.strip())


class Blocks:
    """Those bytes of the file, which is closed with the answer, read or not."""

    def __init__(self, file: File, span: Span) -> None:
        self.file, self.span = file, span

    def __iter__(self) -> Iterator[bytes]:
        self.file.seek(self.span.first)
        left = self.span.length
        while left and (block := self.file.read(min(BLOCK, left))):
            left -= len(block)
            yield block

    def close(self) -> None:
        self.file.close()
