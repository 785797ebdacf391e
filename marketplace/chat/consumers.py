"""The one socket of a page: what is new in the feed, in conversations, and who is there. Hints with numbers; the
database owns the truth, and the page fetches it over HTTP."""

import json
import time
from collections import Counter
from contextlib import suppress

from django.conf import settings

from marketplace.chat import presence
from marketplace.chat.rooms import room_of_conversation, room_of_party, tell_room
from marketplace.chat.rounds import rounds
from marketplace.chat.selectors.sockets import Asked, Counts, Known
from marketplace.core.rooms.frames import RAW_SEND
from marketplace.core.rooms.hub import hub
from marketplace.core.rooms.seat import Seat
from marketplace.notifications.consumers import SIGNED_OUT, FeedConsumer

MOST_SOCKETS = 20  # of one person, in one process
LONGEST_FRAME = 4_096
A_SECOND = 50  # frames
MOST_JOINED = 10
TYPING_EVERY_S = 2.0
TOO_BIG, TOO_MANY = 1009, 4429
_open: Counter[int] = Counter()


class LiveConsumer(FeedConsumer):
    """Says `{"unread": n}`, `{"messages": n}`, `{"conversation": id, "seq": n}`, `{"conversation": id, "marks": true}`,
    `{"conversation": id, "typing": person}`, `{"conversation": id, "here": [person]}`, and `{"look": true}` when it may
    have missed something. Hears `{"join": id}`, `{"leave": id}`, `{"typing": id}`.

    Every 15 seconds the numbers of what it follows (`rounds.py`): a hint that was lost is noticed, proxies stay awake.
    """

    known: Known
    session_key = ""
    seat: Seat | None = None
    is_counted = False

    async def connect(self) -> None:
        self.joined: dict[str, float] = {}
        self.heard = Heard()
        self.session_key = self.scope["cookies"].get(settings.SESSION_COOKIE_NAME, "")
        known = await rounds().who.ask(Asked(self.session_key)) if self.session_key else None
        if known is None:
            await self.accept()
            await self.close(SIGNED_OUT)
            return
        self.known = known
        if _open[known.actor.user_id] >= MOST_SOCKETS:
            await self.accept()
            await self.close(TOO_MANY)
            return
        _open[known.actor.user_id] += 1
        self.is_counted = True
        await self.listen(known.actor.user_id)
        await self.accept()
        self.seat = Seat(self.scope.get(RAW_SEND), self.say, self.close)
        if known.party:
            await hub().join(room_of_party(known.party), self.seat)
        # Counted when every hint is heard: what comes in between is in the count, or told.
        counts = await rounds().counts.ask(known.actor)
        await self.send_json({"unread": counts.feed})
        await self.send_json({"messages": counts.messages})
        rounds().join(self)

    async def go(self) -> None:
        if self.is_counted:
            _open[self.known.actor.user_id] -= 1
        await self.leave_all()
        await super().go()

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None, **kwargs) -> None:
        if len(text_data or bytes_data or b"") > LONGEST_FRAME:
            await self.close(TOO_BIG)
            return
        if self.heard.too_often():
            await self.close(TOO_MANY)
            return
        with suppress(ValueError):
            said = json.loads(text_data or "")
            if isinstance(said, dict) and self.seat is not None:
                await self.act(said)

    async def act(self, said: dict[str, object]) -> None:
        match said:
            case {"join": str(conversation)}:
                await self.join(conversation)
            case {"leave": str(conversation)}:
                await self.leave(conversation)
            case {"typing": str(conversation)}:
                await self.typing(conversation)

    async def join(self, conversation: str) -> None:
        """Its number is told at once: what was said before is noticed. Of one that is not ours nothing is said."""
        if conversation in self.joined or len(self.joined) >= MOST_JOINED:
            return
        if await self.number(conversation) is not None:
            self.joined[conversation] = 0.0
            await hub().join(room_of_conversation(conversation), self.seat)
            if (seq := await self.number(conversation)) is not None:
                await self.send_json({"conversation": conversation, "seq": seq})
            await tell_room(conversation, here=await presence.here(conversation, self.known.person))

    async def leave(self, conversation: str) -> None:
        if self.joined.pop(conversation, None) is not None:
            await hub().leave(room_of_conversation(conversation), self.seat)
            await tell_room(conversation, here=await presence.gone(conversation, self.known.person))

    async def leave_all(self) -> None:
        await rounds().leave(self)
        if self.seat is not None:
            await self.seat.empty()
            for conversation in list(self.joined):
                await self.leave(conversation)
            if self.known.party:
                await hub().leave(room_of_party(self.known.party), self.seat)

    async def typing(self, conversation: str) -> None:
        now = time.monotonic()
        if conversation in self.joined and now - self.joined[conversation] >= TYPING_EVERY_S:
            self.joined[conversation] = now
            await tell_room(conversation, typing=self.known.person)

    async def number(self, conversation: str) -> int | None:
        return (await rounds().numbers.ask((self.known.actor, (conversation,)))).get(conversation)

    async def membership_ended(self, _message: dict) -> None:
        """Of a party that this socket listens for? Then it hears nothing more, and the page asks who it is."""
        await self.look_who_it_is()

    async def look_who_it_is(self) -> None:
        known = await rounds().who.ask(self.asked)
        if known is None or known.party != self.known.party:
            await self.end()

    @property
    def asked(self) -> Asked:
        """For the party that the session acts for now: after a switch this socket is another party's."""
        return Asked(self.session_key, self.known.party)

    def tell_round(self, counts: Counts, numbers: dict[str, int]) -> None:
        said: list[dict[str, object]] = [{"messages": counts.messages}]
        said += [{"conversation": conversation, "seq": seq} for conversation, seq in numbers.items()]
        self.seat.say_all([*said, {"unread": counts.feed}])

    async def end(self) -> None:
        await self.leave_all()
        await self.close(SIGNED_OUT)

    async def send_unread(self) -> None:
        await self.send_json({"unread": (await rounds().counts.ask(self.known.actor)).feed})

    async def say(self, text: str) -> None:
        await self.send(text_data=text)


class Heard:
    """How many frames came within the second."""

    def __init__(self) -> None:
        self.since, self.count = 0.0, 0

    def too_often(self) -> bool:
        now = time.monotonic()
        if now - self.since >= 1.0:
            self.since, self.count = now, 0
        self.count += 1
        return self.count > A_SECOND
