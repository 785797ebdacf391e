"""The clock's own work."""

import logging
from datetime import timedelta

from celery import shared_task

from marketplace.core import clock, invariants
from marketplace.core.access_log import forget_old_accesses
from marketplace.core.kept_answers import forget_old_answers
from marketplace.core.outbox.relay import relay
from marketplace.core.timers.fire import fire_due
from marketplace.core.timers.hold import sweep_is_held

logger = logging.getLogger(__name__)
TOLD = timedelta(minutes=5)  # older than that, while the past is told, is part of it
ROUNDS = 20  # a task ends within its time limit; the next beat or nudge goes on


@shared_task
def relay_outbox() -> None:
    since = clock.now() - TOLD if sweep_is_held() else None
    for _round in range(ROUNDS):
        if not relay(since=since):
            return


@shared_task
def fire_timers() -> None:
    if sweep_is_held():
        return
    for _round in range(ROUNDS):
        if not fire_due():
            return


@shared_task
def sweep_old_answers() -> None:
    for _round in range(ROUNDS):
        if not forget_old_answers():
            return


@shared_task
def sweep_access_log() -> None:
    for _round in range(ROUNDS):
        if not forget_old_accesses():
            return


@shared_task
def check_invariants() -> None:
    for violation in invariants.violations():
        logger.critical("invariant %s: %s", violation.invariant, violation.what)
