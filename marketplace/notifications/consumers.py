"""The feed's socket: hints that something is new. The database owns the truth; the page fetches it over HTTP."""

from contextlib import suppress

from channels.generic.websocket import AsyncJsonWebsocketConsumer
from redis.exceptions import RedisError

from marketplace.notifications.live import group_of

HEARTBEAT_S = 15.0  # keeps proxies awake, and notices a hint that was lost
SIGNED_OUT = 4401


class FeedConsumer(AsyncJsonWebsocketConsumer):
    """Sends `{"unread": n}`. Closed with 4401 when nobody is signed in, or no longer. `chat` knows who that is, counts,
    and adds the rest."""

    group = ""

    async def listen(self, user_id: int) -> None:
        """Hear every hint to this person from its return on."""
        self.group = group_of(user_id)
        await self.channel_layer.group_add(self.group, self.channel_name)

    async def __call__(self, scope, receive, send) -> None:
        try:
            await super().__call__(scope, receive, send)
        finally:  # a browser that goes while something is sent to it ends this without a word
            await self.go()

    async def go(self) -> None:
        """However it ended."""
        if self.group:
            with suppress(RedisError, OSError):
                await self.channel_layer.group_discard(self.group, self.channel_name)

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None, **kwargs) -> None:
        """The browser has nothing to say here."""

    async def feed_changed(self, _message: dict) -> None:
        await self.send_unread()

    async def session_ended(self, _message: dict) -> None:
        """Some sessions ended; is this socket's one of them?"""
        await self.look_who_it_is()

    async def send_unread(self) -> None:
        raise NotImplementedError

    async def look_who_it_is(self) -> None:
        """Close with 4401 who is nobody any more."""
        raise NotImplementedError
