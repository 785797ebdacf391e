"""Who has a conversation open: in Valkey, gone by itself when nobody says so again. A hint, never a fact of record."""

import time

from redis.exceptions import RedisError

from marketplace.core.rooms.hub import hub
from marketplace.core.rooms.names import channel_of

LASTS_S = 40


async def here(conversation: str, person: str) -> list[str]:
    """Public ids of the people who have it open, with this one among them from now on."""
    key, now = _key(conversation), time.time()
    try:
        async with hub().valkey.pipeline() as pipe:
            pipe.zremrangebyscore(key, 0, now)
            pipe.zadd(key, {person: now + LASTS_S})
            pipe.expire(key, LASTS_S)
            pipe.zrange(key, 0, -1)
            found = await pipe.execute()
    except (RedisError, OSError):
        return [person]
    return [one.decode() for one in found[-1]]


async def gone(conversation: str, person: str) -> list[str]:
    """Those who are left."""
    try:
        await hub().valkey.zrem(_key(conversation), person)
        return [one.decode() for one in await hub().valkey.zrange(_key(conversation), 0, -1)]
    except (RedisError, OSError):
        return []


def _key(conversation: str) -> str:
    return channel_of(f"here:{conversation}")
