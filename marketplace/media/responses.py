"""The one way in which uploaded bytes leave: typed by us, never guessed at, in a box where nothing runs."""

from django.core.files.base import File
from django.http import FileResponse, HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag

SEALED_BOX = "default-src 'none'; sandbox"
FOR_EVER = "public, max-age=31536000, immutable"  # an address always means the same bytes
NEVER = "private, no-store"


def file_response(
    request: HttpRequest, file: File, *, mime: str, sha256: str, private: bool, attachment: str = ""
) -> HttpResponse:
    """`attachment` is the name under which it is saved; without one it is shown in place."""
    etag = quote_etag(sha256[:32])
    answer = None if private else get_conditional_response(request, etag=etag)
    if answer is None:
        answer = FileResponse(file, content_type=mime, as_attachment=bool(attachment), filename=attachment)
        if not attachment:
            answer["Content-Disposition"] = "inline"
    else:
        file.close()
    answer["ETag"] = etag
    answer["Cache-Control"] = NEVER if private else FOR_EVER
    answer["Content-Security-Policy"] = SEALED_BOX
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
