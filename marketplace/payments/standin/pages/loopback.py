"""The desk is for whoever sits at this machine."""

import functools
from collections.abc import Callable
from ipaddress import ip_address

from django.http import Http404, HttpRequest, HttpResponse

View = Callable[..., HttpResponse]
_FORWARDED = ("HTTP_FORWARDED", "HTTP_X_FORWARDED_FOR", "HTTP_X_REAL_IP")


def only(view: View) -> View:
    """404 for everybody who is not on this machine, and for what a proxy on this machine passes on."""

    @functools.wraps(view)
    def guarded(request: HttpRequest, **captured: object) -> HttpResponse:
        if any(header in request.META for header in _FORWARDED) or not _is_loopback(request.META["REMOTE_ADDR"]):
            raise Http404
        return view(request, **captured)

    return guarded


def _is_loopback(address: str) -> bool:
    try:
        return ip_address(address).is_loopback
    except ValueError:
        return False
