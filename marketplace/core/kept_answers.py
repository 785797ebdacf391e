"""How long the answers to programs' requests are kept: long enough for any retry, and no longer."""

from datetime import timedelta

from marketplace.core import clock
from marketplace.core.models import IdempotentRequest
from marketplace.core.tx import use_case

KEPT = timedelta(hours=48)
BATCH = 1_000


@use_case
def forget_old_answers(batch: int = BATCH) -> int:
    """Delete up to `batch` requests with a stored answer that is older than `KEPT`, the oldest first; returns how many.

    Their keys are forgotten with them. Requests without an answer (a double click, a redelivered task) stay: they are
    what keeps money from moving twice.
    """
    old = IdempotentRequest.objects.filter(status__isnull=False, at__lt=clock.now() - KEPT)
    oldest = old.order_by("at").values("pk")[:batch]
    deleted, _by_model = IdempotentRequest.objects.filter(pk__in=oldest).delete()
    return deleted
