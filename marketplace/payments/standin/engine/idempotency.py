"""The same key gets the same answer."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256

from django.db import connection, transaction

from marketplace.payments.standin.engine import clock
from marketplace.payments.standin.engine.errors import Refusal, conflict
from marketplace.payments.standin.models import StoredAnswer

KEPT_FOR = timedelta(hours=24)


@dataclass(frozen=True)
class Answer:
    """A status and a JSON body; `replayed` when it was given before."""

    status: int
    body: dict
    replayed: bool = False


def fingerprint(*parts: str) -> str:
    """What makes two requests the same request."""
    return sha256("\n".join(parts).encode()).hexdigest()


@transaction.atomic(durable=True)
def perform(
    *,
    scope: str,
    key: str,
    fingerprint: str,
    work: Callable[[], Answer],
    keeps: Callable[[Answer], bool] = lambda answer: True,
) -> Answer:
    """Do `work` once for this key. Its effect and its answer, errors included, are committed together.

    An answer that `keeps` does not keep leaves the key as it was: the next call with it does the work.

    A process that dies in between therefore leaves neither, and the lock that marks a key as in flight goes with its
    connection.
    """
    if not _lock(f"{scope}:{key}"):
        raise Refusal("idempotency_in_flight", "A call with this key is still running.", status=409, retryable=True)
    moment = clock.now()
    StoredAnswer.objects.filter(scope=scope, key=key, created_at__lte=moment - KEPT_FOR).delete()
    if stored := StoredAnswer.objects.filter(scope=scope, key=key).first():
        if stored.fingerprint != fingerprint:
            raise conflict("idempotency_mismatch", "This key was used with other parameters.")
        return Answer(stored.status, stored.body, replayed=True)
    answer = work()
    if not keeps(answer):
        return answer
    StoredAnswer.objects.create(
        scope=scope, key=key, fingerprint=fingerprint, status=answer.status, body=answer.body, created_at=moment
    )
    return answer


def _lock(name: str) -> bool:
    number = int.from_bytes(sha256(name.encode()).digest()[:8], signed=True)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [number])
        return cursor.fetchone()[0]
