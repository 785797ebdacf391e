"""Answers on Stripe's wire: the headers that its SDK reads, and the ways in which a broken one breaks off."""

import json

from django.http import HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse

from marketplace.payments.standin.dialects.stripe import errors, schemas
from marketplace.payments.standin.engine.errors import Refusal
from marketplace.payments.standin.engine.fault_effects import RateLimited
from marketplace.payments.standin.engine.idempotency import Answer


def response(request: HttpRequest, answer: Answer, request_id: str) -> HttpResponse:
    """An answer as HTTP; a replay says that it is one."""
    return _with_headers(request, JsonResponse(answer.body, status=answer.status), answer, request_id)


def refused(request: HttpRequest, refusal: Refusal, request_id: str) -> HttpResponse:
    """A refusal as HTTP, with what a client is to do about it."""
    http = response(request, errors.of_refusal(refusal), request_id)
    if refusal.code == "idempotency_in_flight":
        http["Stripe-Should-Retry"] = "true"
    if isinstance(refusal, RateLimited):
        http["Retry-After"] = str(refusal.retry_after)
        http["Stripe-Rate-Limited-Reason"] = "global-rate"
    return http


def half(request: HttpRequest, answer: Answer, request_id: str) -> HttpResponse:
    """A document that stops in the middle and claims to be whole."""
    text = json.dumps(answer.body)
    http = HttpResponse(text[: len(text) // 2], status=answer.status, content_type="application/json")
    return _with_headers(request, http, answer, request_id)


def hung_up() -> StreamingHttpResponse:
    """Promises a body and ends the connection instead."""

    def nothing() -> object:
        yield b""
        raise ConnectionAbortedError("hung up, as the fault plan says")

    http = StreamingHttpResponse(nothing(), content_type="application/json")
    http["Content-Length"] = "1024"
    return http


def _with_headers(request: HttpRequest, http: HttpResponse, answer: Answer, request_id: str) -> HttpResponse:
    http["Request-Id"] = request_id
    http["Stripe-Version"] = schemas.version()
    for name in ("Idempotency-Key", "Stripe-Account"):
        if (given := request.headers.get(name, "")) and given.isascii() and given.isprintable():
            http[name] = given
    if answer.replayed:
        http["Idempotent-Replayed"] = "true"
    return http
