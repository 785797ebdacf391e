"""One socket's place in the rooms."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Iterable
from contextlib import suppress
from typing import Any

from marketplace.core.rooms.frames import text_frame, wire_of

MOST_WAITING_BYTES = 1 << 20
MOST_WAITING_FRAMES = 256
SLOW = 4408


class Seat:
    """Writes whole frames: to the server's transport where that is known, else through ASGI's `send` in a task of its
    own. Made when the socket is accepted. Never waits: who does not take what is written is cut off.
    """

    def __init__(
        self, raw_send: Any, say: Callable[[str], Awaitable[None]], cut: Callable[[int], Awaitable[None]]
    ) -> None:
        self.wire, self.say, self.cut = wire_of(raw_send), say, cut
        self.waiting: asyncio.Queue[bytes] = asyncio.Queue(MOST_WAITING_FRAMES)
        self.pump: asyncio.Task | None = None
        self.ending: asyncio.Task | None = None
        self.is_cut = False

    def write(self, frames: bytes, *payloads: bytes) -> None:
        """`frames` are the `payloads` encoded, one after the other."""
        if self.is_cut:
            return
        if self.wire is None:
            for payload in payloads:
                self._queue(payload)
        elif self.wire.waiting() > MOST_WAITING_BYTES:
            self.is_cut = True
            self.wire.abort()
        elif self.wire.is_open():
            self.wire.write(frames)

    def say_all(self, said: Iterable[object]) -> None:
        """Each as a frame of JSON, in one write."""
        payloads = [json.dumps(one, separators=(",", ":")).encode() for one in said]
        self.write(b"".join(map(text_frame, payloads)), *payloads)

    async def empty(self) -> None:
        """Nothing is written from now on."""
        self.is_cut = True
        if self.pump is not None:
            self.pump.cancel()
            with suppress(asyncio.CancelledError):
                await self.pump

    def _queue(self, payload: bytes) -> None:
        if self.pump is None:
            self.pump = asyncio.create_task(self._send_all())
        if self.is_cut:
            return
        try:
            self.waiting.put_nowait(payload)
        except asyncio.QueueFull:
            self.is_cut = True
            self.ending = asyncio.create_task(self.cut(SLOW))

    async def _send_all(self) -> None:
        while True:
            await self.say((await self.waiting.get()).decode())
