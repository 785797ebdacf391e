"""The feed's socket: hints that something is new. The database owns the truth; the page fetches it over HTTP."""

import asyncio
from contextlib import suppress

from asgiref.sync import sync_to_async
from channels.generic.websocket import AsyncJsonWebsocketConsumer

from marketplace.notifications.live import group_of
from marketplace.notifications.selectors import session_is_live, unread_count_of

HEARTBEAT_S = 15.0  # keeps proxies awake, and notices a hint that was lost
SIGNED_OUT = 4401


class FeedConsumer(AsyncJsonWebsocketConsumer):
    """Sends `{"unread": n}`. Closed with 4401 when nobody is signed in, or no longer. `chat` adds the rest."""

    group = ""
    heartbeat: asyncio.Task | None = None

    async def connect(self) -> None:
        user = self.scope["user"]
        if not user.is_authenticated:
            await self.accept()
            await self.close(SIGNED_OUT)
            return
        self.group = group_of(user.pk)
        await self.channel_layer.group_add(self.group, self.channel_name)
        await self.accept()
        await self.send_unread()
        self.heartbeat = asyncio.create_task(self.beat())

    async def disconnect(self, code: int) -> None:
        if self.heartbeat is not None:
            self.heartbeat.cancel()
            with suppress(asyncio.CancelledError):
                await self.heartbeat
        if self.group:
            await self.channel_layer.group_discard(self.group, self.channel_name)

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None, **kwargs) -> None:
        """The browser has nothing to say here."""

    async def feed_changed(self, _message: dict) -> None:
        await self.send_unread()

    async def session_ended(self, message: dict) -> None:
        """Some sessions ended; is this socket's one of them?"""
        if not await self.still_signed_in():
            await self.close(SIGNED_OUT)

    async def beat(self) -> None:
        while True:
            await asyncio.sleep(HEARTBEAT_S)
            if not await self.still_signed_in() or not await self.beat_once():
                await self.close(SIGNED_OUT)
                return
            await self.send_unread()

    async def beat_once(self) -> bool:
        """Whether the socket goes on."""
        return True

    async def send_unread(self) -> None:
        count = await sync_to_async(unread_count_of)(self.scope["user"].pk)
        await self.send_json({"unread": count})

    async def still_signed_in(self) -> bool:
        return await sync_to_async(session_is_live)(self.scope["session"].session_key, self.scope["user"].pk)
