"""Answers on the wire: JSON, one error shape, and the ways in which a broken bank breaks off."""

import json
from collections.abc import Iterator

from django.http import HttpResponse, JsonResponse, StreamingHttpResponse

from marketplace.payments.standin.engine.errors import Refusal
from marketplace.payments.standin.engine.fault_effects import RateLimited
from marketplace.payments.standin.engine.idempotency import Answer


def of_refusal(refusal: Refusal) -> Answer:
    """`{error: {code, message, retryable}}`."""
    body = {"code": refusal.code, "message": refusal.message, "retryable": refusal.retryable}
    return Answer(refusal.status, {"error": body})


def response(answer: Answer) -> JsonResponse:
    """An answer as HTTP; a replay says that it is one."""
    http = JsonResponse(answer.body, status=answer.status, json_dumps_params={"ensure_ascii": False})
    if answer.replayed:
        http["Idempotent-Replayed"] = "true"
    return http


def refused(refusal: Refusal) -> JsonResponse:
    """A refusal as HTTP."""
    http = response(of_refusal(refusal))
    if isinstance(refusal, RateLimited):
        http["Retry-After"] = str(refusal.retry_after)
    return http


def half(answer: Answer) -> HttpResponse:
    """A document that stops in the middle and claims to be whole."""
    text = json.dumps(answer.body)
    return HttpResponse(text[: len(text) // 2], status=answer.status, content_type="application/json")


def hung_up() -> StreamingHttpResponse:
    """Promises a body and ends the connection instead."""
    http = StreamingHttpResponse(_nothing(), content_type="application/json")
    http["Content-Length"] = "1024"
    return http


def _nothing() -> Iterator[bytes]:
    yield b""
    raise ConnectionAbortedError("hung up, as the fault plan says")
