"""The sockets of this process: their questions go together, and every 15 seconds one round asks for all of them."""

import asyncio
import logging
from contextlib import suppress
from typing import Protocol
from weakref import WeakKeyDictionary

from django.db import Error

from marketplace.chat import presence
from marketplace.chat.selectors.sockets import Asked, Counts, Known, counts_of, numbers_of, who_is
from marketplace.chat.together import Together
from marketplace.core.actor import Actor
from marketplace.notifications import consumers

logger = logging.getLogger(__name__)


class Listener(Protocol):
    """One socket, as the round sees it."""

    asked: Asked
    known: Known
    joined: dict[str, float]

    def tell_round(self, counts: Counts, numbers: dict[str, int]) -> None:
        """Write it, and wait for nobody."""

    async def end(self) -> None:
        """Nobody sits there any more who may hear."""


class Rounds:
    """Of one event loop."""

    def __init__(self) -> None:
        self.who: Together[Asked, Known | None] = Together(who_is)
        self.counts: Together[Actor, Counts] = Together(counts_of)
        self.numbers: Together[tuple[Actor, tuple[str, ...]], dict[str, int]] = Together(numbers_of)
        self.listeners: set[Listener] = set()
        self.beating: asyncio.Task | None = None
        self.endings: set[asyncio.Task] = set()

    def join(self, listener: Listener) -> None:
        self.listeners.add(listener)
        if self.beating is None or self.beating.done():
            self.beating = asyncio.create_task(self._beat())

    async def leave(self, listener: Listener) -> None:
        """The last one takes the heartbeat with it."""
        self.listeners.discard(listener)
        if not self.listeners and self.beating is not None:
            beating, self.beating = self.beating, None
            beating.cancel()
            with suppress(asyncio.CancelledError):
                await beating

    async def _beat(self) -> None:
        while True:
            await asyncio.sleep(consumers.HEARTBEAT_S)
            try:
                await self.round()
            except (Error, OSError) as error:
                logger.warning("rooms: the database is away: %s", type(error).__name__)

    async def round(self) -> None:
        """Who is still there, what nobody of them has read, the numbers of what they follow, and who is present."""
        asked = list(self.listeners)
        found = await self.who.ask_all([one.asked for one in asked])
        here = [one for one, known in zip(asked, found, strict=True) if not self._is_over(one, known)]
        counts = await self.counts.ask_all([one.known.actor for one in here])
        following = [one for one in here if one.joined]
        numbers = await self.numbers.ask_all([(one.known.actor, tuple(one.joined)) for one in following])
        told = dict(zip(following, numbers, strict=True))
        for one, count in zip(here, counts, strict=True):
            one.tell_round(count, told.get(one, {}))
        await presence.still_here({(talk, one.known.person) for one in following for talk in one.joined})

    def _is_over(self, one: Listener, known: Known | None) -> bool:
        if known is not None and known.party == one.known.party:
            return False
        ending = asyncio.create_task(one.end())  # may wait for one who does not read
        self.endings.add(ending)
        ending.add_done_callback(self.endings.discard)
        return True


_rounds: WeakKeyDictionary[asyncio.AbstractEventLoop, Rounds] = WeakKeyDictionary()


def rounds() -> Rounds:
    """That of the running event loop; a server has one."""
    loop = asyncio.get_running_loop()
    if loop not in _rounds:
        _rounds[loop] = Rounds()
    return _rounds[loop]
