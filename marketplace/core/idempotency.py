"""The same request twice has the effect of once: a double click, a retry, a redelivered task."""

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.db import connection

from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.core.errors import KeyReused
from marketplace.core.models import IdempotentRequest
from marketplace.core.tx import inside, step


def request_hash(request: Mapping[str, object]) -> str:
    """SHA-256 of the canonical JSON of what was asked."""
    canonical = json.dumps(request, sort_keys=True, separators=(",", ":"), default=str)
    return hashlib.sha256(canonical.encode()).hexdigest()


@step
def seen(*, actor: Actor, operation: str, key: str, request: Mapping[str, object], result: str) -> str | None:
    """Claim `key` for this request, whose effect will be the thing with public id `result`.

    Returns None for a first request (go on), or the first one's result (hand that back). Two at once: the second
    waits for the first to commit. Raises KeyReused when the key came with another request.
    """
    scope = _scope(actor, operation)
    digest = request_hash(request)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO core_idempotentrequest (scope, key, request_hash, result, at) VALUES (%s, %s, %s, %s, %s)"
            " ON CONFLICT (scope, key) DO NOTHING",
            [scope, key, digest, result, clock.now()],
        )
        if cursor.rowcount:
            return None
    first = _of(actor, operation, key)
    if first.request_hash != digest:
        raise KeyReused(operation=operation)
    return first.result


class AnsweredBefore(Exception):
    """The same request under the same key had its effect before; this is what was answered."""

    def __init__(self, status: int, answer: str) -> None:
        super().__init__(status)
        self.status = status
        self.answer = answer


@contextmanager
def answered_once(
    *, actor: Actor, operation: str, key: str, request: Mapping[str, object], answer: Callable[[Any], tuple[int, str]]
) -> Iterator[None]:
    """Around the call of one use case: in its own transaction the key is claimed before, and the answer kept after.

    So there is no moment in which one of effect, claim and answer exists without the others. `answer` turns the use
    case's result into status and text. The same again raises AnsweredBefore, another request under the key KeyReused;
    one that comes meanwhile waits. A refusal undoes the claim: whoever mends what was wrong may use the key again.
    """
    keyed = {"actor": actor, "operation": f"{operation}:{actor.user_id}", "key": key, "request": request}

    def around(work: Callable[[], Any]) -> Any:
        if seen(result="", **keyed) is not None:
            first = _of(actor, keyed["operation"], key)
            raise AnsweredBefore(first.status, first.answer)
        result = work()
        status, text = answer(result)
        kept = {"status": status, "answer": text}
        IdempotentRequest.objects.filter(scope=_scope(actor, keyed["operation"]), key=key).update(**kept)
        return result

    with inside(around):
        yield


def _scope(actor: Actor, operation: str) -> str:
    return f"{operation}:{actor.party_id or actor.user_id or actor.label}"


def _of(actor: Actor, operation: str, key: str) -> IdempotentRequest:
    return IdempotentRequest.objects.get(scope=_scope(actor, operation), key=key)
