"""Who has a conversation open: in Valkey, gone by itself when nobody says so again. A hint, never a fact of record."""

import logging
import time
from collections.abc import Iterable

from redis.exceptions import RedisError

from marketplace.chat.rooms import frame_of, room_of_conversation
from marketplace.core.rooms.hub import hub
from marketplace.core.rooms.names import channel_of

logger = logging.getLogger(__name__)
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


async def still_here(present: Iterable[tuple[str, str]]) -> None:
    """Every (conversation, person) of this process anew, and each room told once who is there: two trips."""
    people: dict[str, dict[str, float]] = {}
    now = time.time()
    for conversation, person in present:
        people.setdefault(conversation, {})[person] = now + LASTS_S
    if not people:
        return
    try:
        async with hub().valkey.pipeline(transaction=False) as pipe:
            for conversation, until in people.items():
                key = _key(conversation)
                pipe.zremrangebyscore(key, 0, now).zadd(key, until).expire(key, LASTS_S).zrange(key, 0, -1)
            found = (await pipe.execute())[3::4]
            for conversation, there in zip(people, found, strict=True):
                pipe.publish(
                    channel_of(room_of_conversation(conversation)),
                    frame_of(conversation, here=[one.decode() for one in there]),
                )
            await pipe.execute()
    except (RedisError, OSError) as error:
        logger.warning("rooms: nobody is told who is there: %s", type(error).__name__)


async def gone(conversation: str, person: str) -> list[str]:
    """Those who are left."""
    try:
        await hub().valkey.zrem(_key(conversation), person)
        return [one.decode() for one in await hub().valkey.zrange(_key(conversation), 0, -1)]
    except (RedisError, OSError):
        return []


def _key(conversation: str) -> str:
    return channel_of(f"here:{conversation}")
