"""What is shown when a request cannot be answered: what happened, and what to do next, in the look of every page."""

import logging

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from marketplace.core.actor import Actor
from marketplace.http.api.address import API
from marketplace.http.api.problems import problem

logger = logging.getLogger(__name__)
TOO_LARGE = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)
LAST_WORDS = "Mooring: a fault on our side. 泊台：我们这边出了故障。\n"


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    status = 413 if isinstance(exception, TOO_LARGE) else 400
    if request.path.startswith(API):
        return problem(request, status, "too_large" if status == 413 else "malformed")
    return framed(request, f"errors/{status}.html", status)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return framed(request, "errors/403.html", 403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return framed(request, "errors/404.html", 404)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return framed(request, "errors/csrf.html", 403)


def server_error(request: HttpRequest) -> HttpResponse:
    """Without database, session or context processors: one of them may be what broke. The last words always work."""
    if request.path.startswith(API):
        return problem(request, 500, "fault")
    try:
        page = render_to_string("errors/500.html", {"request_id": getattr(request, "request_id", "")})
    except Exception:
        logger.exception("the page for a fault has a fault")
        return HttpResponse(LAST_WORDS, status=500, content_type="text/plain; charset=utf-8")
    return HttpResponse(page, status=500)


def framed(request: HttpRequest, template: str, status: int) -> HttpResponse:
    """A request refused before our middleware saw it is drawn as a stranger's."""
    if not hasattr(request, "actor"):
        request.user, request.actor = AnonymousUser(), Actor()
        request.party, request.memberships, request.membership = None, [], None
    return render(request, template, status=status)
