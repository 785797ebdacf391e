"""The sweep: fires every timer that is due, each in a transaction of its own."""

import logging
import traceback
from datetime import timedelta

from marketplace.core import clock
from marketplace.core.actor import Actor, Source
from marketplace.core.models import Timer
from marketplace.core.models.timer import TimerState
from marketplace.core.redaction import redact
from marketplace.core.timers.registry import function_of
from marketplace.core.tx import use_case

logger = logging.getLogger(__name__)
MAX_ATTEMPTS = 10
BATCH = 200


def fire_due(batch: int = BATCH) -> int:
    """Fire what is due; returns how many fired. One that fails is put off and never stops the others."""
    due = Timer.objects.filter(state=TimerState.PENDING, due_at__lte=clock.now()).order_by("due_at", "id")
    fired = 0
    for timer_id in due.values_list("pk", flat=True)[:batch]:
        try:
            fired += fire(timer_id)
        except Exception:
            logger.exception("timer %s failed", timer_id)
            put_off(timer_id, redact(traceback.format_exc(limit=-5)))
    return fired


@use_case
def fire(timer_id: int) -> int:
    timer = Timer.objects.select_for_update(skip_locked=True).filter(pk=timer_id).first()
    if timer is None or timer.state != TimerState.PENDING or timer.due_at > clock.now():
        return 0
    # First marked, then called: a function that sets its own timer anew sets another one, not this.
    Timer.objects.filter(pk=timer.pk).update(state=TimerState.FIRED, fired_at=clock.now())
    function_of(timer.kind)(timer.aggregate, Actor.system(f"timer:{timer.kind}", Source.TASK))
    return 1


@use_case
def put_off(timer_id: int, error: str) -> None:
    timer = Timer.objects.select_for_update().get(pk=timer_id)
    if timer.state != TimerState.PENDING:
        return
    timer.attempts += 1
    timer.error = error
    timer.due_at = clock.now() + timedelta(seconds=min(60 * 2**timer.attempts, 6 * 3600))
    if timer.attempts >= MAX_ATTEMPTS:
        timer.state = TimerState.DEAD
    timer.save(update_fields=["attempts", "error", "due_at", "state"])
