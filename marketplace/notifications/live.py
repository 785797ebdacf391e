"""Hints to open sockets. Best effort: without Valkey nothing is sent, and the page's next look shows the truth."""

import logging

from asgiref.sync import async_to_sync
from channels.layers import get_channel_layer
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)


def group_of(user_id: int) -> str:
    return f"user-{user_id}"


def hint(user_id: int, kind: str) -> None:
    """`kind` is `feed.changed`, `session.ended` or `membership.ended`."""
    try:
        async_to_sync(get_channel_layer().group_send)(group_of(user_id), {"type": kind})
    except (RedisError, OSError) as error:
        logger.warning("no hint to sockets: %s", type(error).__name__)
