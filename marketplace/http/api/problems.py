"""Every refusal as problem details (RFC 9457), in the language of the request."""

import json
import logging
import re
from collections.abc import Iterator, Mapping
from typing import Any

from django.core.exceptions import PermissionDenied as DjangoPermissionDenied
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from rest_framework import exceptions as rest

from marketplace.core.errors import Forbidden, MooringError, TooMany
from marketplace.http.api.parsing import TooLarge
from marketplace.http.sentences import detail, known_sentences, sentence

logger = logging.getLogger(__name__)
MEDIA_TYPE = "application/problem+json"
TITLES = {
    400: _("This cannot be read"),
    401: _("Sign in first"),
    403: _("This is not allowed"),
    404: _("There is nothing here"),
    405: _("This address does not do that"),
    406: _("This is not offered in that form"),
    409: _("It has moved on"),
    413: _("That is too large"),
    415: _("This form is not understood"),
    422: _("This was refused"),
    429: _("That was too often"),
    500: _("A fault on our side"),
    503: _("Not for the moment"),
}
# What is not a refusal of the domain: code → its sentence.
SENTENCES = {
    "malformed": _("This is not well-formed JSON."),
    "signed_out": _("Send a token: Authorization: Bearer mooring_…"),
    "invalid_token": _("This token does not work: it is unknown, revoked, expired, or its person has left."),
    "csrf_failed": _("A request with a session needs its CSRF token."),
    "forbidden": _("Your role does not allow this. Ask an owner of the party."),
    "not_found": _("We could not find that."),
    "method_not_allowed": _("This address does not do that. The header Allow says what it does."),
    "not_acceptable": _("Answers are application/json."),
    "too_large": _("The body is larger than 256 KiB."),
    "unsupported_media_type": _("Bodies are application/json."),
    "invalid": _("Some fields are missing or wrong; each is named with what is wrong."),
    "idempotency_key_reused": _("This key came with another request before. Choose a new one for each request."),
    "too_many": _("That was too often. Wait as long as Retry-After says."),
    "database_away": _("The database is away for a moment. Try again shortly."),
    "fault": _("It is logged with this request’s id. Nothing was changed by half."),
}


class InsufficientScope(Forbidden):
    code = "insufficient_scope"


class InvalidKey(MooringError):
    code = "invalid_idempotency_key"


class InvalidCursor(MooringError):
    code = "invalid_cursor"
    status = 422


def on_exception(error: Exception, context: Mapping[str, Any]) -> HttpResponse | None:
    """DRF's exception handler. None lets what we did not foresee reach the log and the page for faults."""
    request = context["request"]
    if isinstance(error, MooringError):
        return of_ours(request, error)
    if isinstance(error, rest.ValidationError):
        return problem(request, 422, "invalid", errors=list(flat(error.detail)))
    if isinstance(error, OperationalError | InterfaceError):
        logger.error("database away: %s", error)
        return problem(request, 503, "database_away", headers={"Retry-After": "5"})
    for kind, status, code in FOREIGN:
        if isinstance(error, kind):
            return problem(request, status, code, says=said(error), headers=headers_of(error))
    return None


FOREIGN: tuple[tuple[type | tuple[type, ...], int, str], ...] = (
    (rest.ParseError, 400, "malformed"),
    (rest.NotAuthenticated, 401, "signed_out"),
    (rest.AuthenticationFailed, 401, "invalid_token"),
    ((rest.PermissionDenied, DjangoPermissionDenied), 403, "csrf_failed"),
    ((rest.NotFound, Http404), 404, "not_found"),
    (rest.MethodNotAllowed, 405, "method_not_allowed"),
    (rest.NotAcceptable, 406, "not_acceptable"),
    (rest.UnsupportedMediaType, 415, "unsupported_media_type"),
    (TooLarge, 413, "too_large"),
    (rest.Throttled, 429, "too_many"),
    (RequestDataTooBig, 413, "too_large"),
    (SuspiciousOperation, 400, "malformed"),
)


def of_ours(request: HttpRequest, error: MooringError) -> HttpResponse:
    own = SENTENCES.get(error.code)
    says = str(own) % error.context if own else sentence(error)
    headers = {}
    if isinstance(error, InsufficientScope):
        headers["WWW-Authenticate"] = f'Bearer error="insufficient_scope", scope="{error.context["scope"]}"'
    if isinstance(error, TooMany) and "retry_after" in error.context:
        headers["Retry-After"] = str(error.context["retry_after"])
    return problem(request, error.status, error.code, says=says, errors=list(named(error.context)), headers=headers)


def problem(
    request: HttpRequest,
    status: int,
    code: str,
    *,
    says: str = "",
    errors: list[dict[str, str]] | None = None,
    headers: Mapping[str, str] | None = None,
) -> HttpResponse:
    body = {
        "type": f"{reverse('api-docs')}#{code}",
        "title": str(TITLES[status]),
        "status": status,
        "detail": says or str(SENTENCES[code]),
        "code": code,
        **({"errors": errors} if errors else {}),
        "request_id": getattr(request, "request_id", ""),
    }
    response = HttpResponse(json.dumps(body), status=status, content_type=MEDIA_TYPE, headers=dict(headers or {}))
    response["Cache-Control"] = "no-store"
    return response


def said(error: Exception) -> str:
    """DRF's own words only where they are ours."""
    own = getattr(error, "detail", "")
    return str(own) if isinstance(error, rest.ParseError) and own else ""


def headers_of(error: Exception) -> dict[str, str]:
    headers = {}
    if getattr(error, "auth_header", None):
        headers["WWW-Authenticate"] = error.auth_header
    if getattr(error, "wait", None):
        headers["Retry-After"] = str(int(error.wait))
    return headers


def flat(details: Any, field: str = "") -> Iterator[dict[str, str]]:
    """DRF's nested complaints as one list, each with the path of its field."""
    if isinstance(details, Mapping):
        for name, inner in details.items():
            yield from flat(inner, field if name == "non_field_errors" else f"{field}.{name}".lstrip("."))
    elif isinstance(details, list):
        for place, inner in enumerate(details):
            nested = isinstance(inner, Mapping | list)
            yield from flat(inner, f"{field}.{place}".lstrip(".") if nested else field)
    else:
        yield {"field": field, "code": getattr(details, "code", "invalid"), "detail": str(details)}


def named(context: Mapping[str, object]) -> Iterator[dict[str, str]]:
    """The codes that a refusal of ours carries: what is missing, and where."""
    problems = context.get("problems", {})
    by_field = problems if isinstance(problems, Mapping) else {"terms": problems}
    for field, codes in ({**by_field, "anchor": context["missing"]} if "missing" in context else by_field).items():
        for code in codes:
            yield {"field": str(field), "code": str(code), "detail": detail(code) or gettext("This was refused.")}


def codes() -> dict[str, str]:
    """Every code that an answer may carry, with its sentence; what varies in it is left out."""
    return {code: re.sub(r"%\(\w+\)s", "…", str(says)) for code, says in {**known_sentences(), **SENTENCES}.items()}
