"""What every request passes: an id, and a calm answer when the database is away."""

import logging
import secrets
from collections.abc import Callable

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from marketplace.http.api.address import API
from marketplace.http.api.problems import problem

logger = logging.getLogger(__name__)
Next = Callable[[HttpRequest], HttpResponse]


class RequestIdMiddleware:
    """Gives each request an id of ours, which every event it causes carries."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.request_id = f"req_{secrets.token_hex(8)}"
        response = self.get_response(request)
        response["X-Request-Id"] = request.request_id
        return response


class DatabaseAwayMiddleware:
    """PostgreSQL restarting is 503 with Retry-After and a page that needs no database, not a 500."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        try:
            return self.get_response(request)
        except (OperationalError, InterfaceError) as error:
            return self.away(request, error)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, (OperationalError, InterfaceError)):
            return self.away(request, exception)
        return None

    def away(self, request: HttpRequest, error: Exception) -> HttpResponse:
        logger.error("database away: %s", error)
        if request.path.startswith(API):
            return problem(request, 503, "database_away", headers={"Retry-After": "5"})
        response = render(None, "errors/503.html", status=503)
        response["Retry-After"] = "5"
        return response
