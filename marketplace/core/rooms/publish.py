"""Telling a room something, from a page, a worker or a command."""

import json
import logging
from collections.abc import Iterable
from functools import cache

from redis import Redis
from redis.exceptions import RedisError

from marketplace.core.rooms.names import channel_of, valkey_url

logger = logging.getLogger(__name__)
PATIENCE_S = 0.5


def publish(rooms: Iterable[str], what: dict[str, object]) -> None:
    """Best effort, all rooms in one trip: without Valkey nothing is sent, and a page's next look shows the truth."""
    payload = json.dumps(what, separators=(",", ":"))
    try:
        with _valkey(valkey_url()).pipeline(transaction=False) as pipe:
            for room in rooms:
                pipe.publish(channel_of(room), payload)
            pipe.execute()
    except (RedisError, OSError) as error:
        logger.warning("no hint to a room: %s", type(error).__name__)


@cache
def _valkey(url: str) -> Redis:
    return Redis.from_url(url, socket_timeout=PATIENCE_S, socket_connect_timeout=PATIENCE_S)
