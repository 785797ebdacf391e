"""The same request twice has the effect of once: a double click, a retry, a redelivered task."""

import hashlib
import json
from collections.abc import Mapping

from django.db import connection

from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.core.errors import KeyReused
from marketplace.core.models import IdempotentRequest
from marketplace.core.tx import step


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
    scope = f"{operation}:{actor.party_id or actor.user_id or actor.label}"
    digest = request_hash(request)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO core_idempotentrequest (scope, key, request_hash, result, at) VALUES (%s, %s, %s, %s, %s)"
            " ON CONFLICT (scope, key) DO NOTHING",
            [scope, key, digest, result, clock.now()],
        )
        if cursor.rowcount:
            return None
    first = IdempotentRequest.objects.get(scope=scope, key=key)
    if first.request_hash != digest:
        raise KeyReused(operation=operation)
    return first.result
