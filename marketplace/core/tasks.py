"""The clock's own work."""

import logging

from celery import shared_task

from marketplace.core import invariants
from marketplace.core.kept_answers import forget_old_answers
from marketplace.core.outbox.relay import relay
from marketplace.core.timers.fire import fire_due
from marketplace.core.timers.hold import sweep_is_held

logger = logging.getLogger(__name__)
ROUNDS = 20  # a task ends within its time limit; the next beat or nudge goes on


@shared_task
def relay_outbox() -> None:
    for _round in range(ROUNDS):
        if not relay():
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
def check_invariants() -> None:
    for violation in invariants.violations():
        logger.critical("invariant %s: %s", violation.invariant, violation.what)
