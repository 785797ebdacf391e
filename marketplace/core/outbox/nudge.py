"""Wakes the relay right after a commit. Best effort: a lost nudge costs seconds, never an event."""

import logging

from kombu.exceptions import OperationalError

from marketplace.core.tasks_by_name import send

logger = logging.getLogger(__name__)


def nudge() -> None:
    try:
        send("marketplace.core.tasks.relay_outbox")
    except (OperationalError, OSError) as error:
        logger.warning("broker away, the beat will relay: %s", type(error).__name__)
