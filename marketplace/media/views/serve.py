"""Where pictures and documents are fetched. What one may not see is not there."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from marketplace.core.access_log import log_access
from marketplace.core.errors import NotFound
from marketplace.http.actor import actor_of
from marketplace.media.gateways.files import open_file
from marketplace.media.models import Asset
from marketplace.media.models.asset import WORK
from marketplace.media.range_responses import ranged_response
from marketplace.media.responses import file_response
from marketplace.media.selectors import get_document, get_rendition, get_work_file


@require_safe
def rendition(request: HttpRequest, asset_id: str, width: int, format_: str) -> HttpResponse:
    found = get_rendition(actor_of(request), asset_id, width, format_)
    _log(request, found.asset)
    return file_response(
        request, _opened(found.file), mime=found.mime, sha256=found.sha256, private=found.asset.is_private
    )


@require_safe
def document(request: HttpRequest, asset_id: str) -> HttpResponse:
    found = get_document(actor_of(request), asset_id)
    name = f"{found.public_id}.pdf"
    return file_response(
        request, _opened(found.original), mime=found.mime, sha256=found.sha256, private=True, attachment=name
    )


@require_safe
def work_file(request: HttpRequest, asset_id: str) -> HttpResponse:
    found = get_work_file(actor_of(request), asset_id)
    _log(request, found.asset)
    return ranged_response(
        request,
        _opened(found.file),
        size=found.size_bytes,
        mime=found.mime,
        sha256=found.sha256,
        name=found.name,
    )


def _log(request: HttpRequest, asset: Asset) -> None:
    """Work that another party is shown."""
    actor = actor_of(request)
    if asset.purpose == WORK and actor.party_id not in (None, asset.party_id) and request.method == "GET":
        log_access(actor=actor, subject=asset.public_id, address=request.META.get("REMOTE_ADDR", ""))


def _opened(name: str):
    try:
        return open_file(name)
    except FileNotFoundError:  # erased between the row and the bytes
        raise NotFound from None
