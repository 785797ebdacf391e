"""The rooms of this process: who is in them, and the one subscription that feeds them all."""

import asyncio
import logging
import secrets
from collections.abc import Callable, Sequence
from contextlib import suppress
from weakref import WeakKeyDictionary

from redis.asyncio import BlockingConnectionPool, Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import RedisError

from marketplace.core.rooms.frames import text_frame
from marketplace.core.rooms.names import channel_of, valkey_url
from marketplace.core.rooms.seat import Seat

logger = logging.getLogger(__name__)
LONGEST_WAIT_S = 4.0
LONGEST_BREATH_S = 0.01
MOST_AT_ONCE = 64
CONNECTIONS = 16
# What may have been missed while nothing came from Valkey: every page asks for what is new.
LOOK_AGAIN = b'{"look":true}'


class Hub:
    """Of one event loop. Valkey may come and go: rooms are kept, and every seat is told to look again."""

    def __init__(self) -> None:
        self.rooms: dict[str, set[Seat]] = {}
        # Who comes when all are in use waits: the library's own pool would refuse her, and her hint would be lost.
        self.valkey = Redis.from_pool(
            BlockingConnectionPool.from_url(
                valkey_url(), max_connections=CONNECTIONS, timeout=2, socket_connect_timeout=2.0
            )
        )
        # Left to itself the library subscribes again without a word, and what was said meanwhile is never asked for.
        self.listener = Redis.from_url(
            valkey_url(),
            socket_connect_timeout=2.0,
            retry=Retry(NoBackoff(), 0),
            client_name=f"rooms-{secrets.token_hex(4)}",
        )
        self.pubsub = self.listener.pubsub(ignore_subscribe_messages=True)
        # One change of it at a time: two that come first would each open a line, and only one of them is listened to.
        self.changing = asyncio.Lock()
        self.wanted = asyncio.Event()
        self.reading: asyncio.Task | None = None

    async def join(self, room: str, seat: Seat) -> None:
        """From its return on, every frame published to the room is written to the seat."""
        seats = self.rooms.setdefault(channel_of(room), set())
        is_first = not seats
        seats.add(seat)
        if self.reading is None or self.reading.done():
            self.reading = asyncio.create_task(self._read())
        async with self.changing:  # who is not the first waits until the first has subscribed
            if is_first:
                await self._try(self.pubsub.subscribe, channel_of(room))
                self.wanted.set()

    async def leave(self, room: str, seat: Seat) -> None:
        channel = channel_of(room)
        seats = self.rooms.get(channel)
        if seats is None:
            return
        seats.discard(seat)
        if not seats:
            del self.rooms[channel]
            async with self.changing:
                if channel not in self.rooms:  # nobody has come meanwhile
                    await self._try(self.pubsub.unsubscribe, channel)

    async def publish(self, room: str, payload: bytes) -> None:
        await self._try(self.valkey.publish, channel_of(room), payload)

    def seats(self) -> set[Seat]:
        return set().union(*self.rooms.values()) if self.rooms else set()

    def deliver(self, channel: str, payloads: Sequence[bytes]) -> None:
        """Frames to every seat of a room, in one write each; who reads too slowly is cut, and looks again when she is
        back."""
        frames = b"".join(map(text_frame, payloads))
        for seat in list(self.rooms.get(channel, ())):
            seat.write(frames, *payloads)

    async def close(self) -> None:
        if self.reading is not None:
            self.reading.cancel()
            with suppress(asyncio.CancelledError):
                await self.reading
        await self.pubsub.aclose()
        await self.listener.aclose()
        await self.valkey.aclose()

    async def _read(self) -> None:
        wait = 0.1
        while True:
            try:
                await self._listen()
            except (RedisError, OSError) as error:
                logger.warning("rooms: Valkey is away: %s", type(error).__name__)
                await asyncio.sleep(wait)
                wait = min(wait * 2, LONGEST_WAIT_S)
                if await self._subscribe_again():
                    wait = 0.1
                    for seat in self.seats():
                        seat.write(text_frame(LOOK_AGAIN), LOOK_AGAIN)

    async def _listen(self) -> None:
        busy_until = 0.0
        while True:
            if not self.pubsub.subscribed:
                self.wanted.clear()
                await self.wanted.wait()
            message = await self.pubsub.get_message(timeout=30.0)
            if message is not None:
                found = [message, *(await self._what_waits() if self._now() < busy_until else ())]
                begun = self._now()
                self._deliver_all(found)
                took = self._now() - begun
                busy_until = begun + took + 2 * LONGEST_BREATH_S
                # What comes while everybody else has her turn goes with the next write.
                await asyncio.sleep(min(took, LONGEST_BREATH_S))

    async def _what_waits(self) -> list[dict]:
        found = []
        while len(found) < MOST_AT_ONCE and (message := await self.pubsub.get_message(timeout=0)) is not None:
            found.append(message)
        return found

    def _deliver_all(self, messages: Sequence[dict]) -> None:
        payloads: dict[bytes, list[bytes]] = {}
        for message in messages:
            if message["type"] == "message":
                payloads.setdefault(message["channel"], []).append(message["data"])
        for channel, those in payloads.items():
            self.deliver(channel.decode(), those)

    def _now(self) -> float:
        return asyncio.get_running_loop().time()

    async def _subscribe_again(self) -> bool:
        try:
            async with self.changing:
                await self.pubsub.aclose()
                self.pubsub = self.listener.pubsub(ignore_subscribe_messages=True)
                if self.rooms:
                    await self.pubsub.subscribe(*self.rooms)
        except (RedisError, OSError):
            return False
        return True

    async def _try(self, call: Callable, *args: object) -> None:
        """What fails now is done when Valkey is back (`_subscribe_again`); a hint is lost."""
        try:
            await call(*args)
        except (RedisError, OSError) as error:
            logger.warning("rooms: %s", type(error).__name__)


_hubs: WeakKeyDictionary[asyncio.AbstractEventLoop, Hub] = WeakKeyDictionary()


def hub() -> Hub:
    """That of the running event loop; a server has one."""
    loop = asyncio.get_running_loop()
    if loop not in _hubs:
        _hubs[loop] = Hub()
    return _hubs[loop]
