"""The one socket of a page: what is new in the feed, in conversations, and who is there. Hints with numbers; the
database owns the truth, and the page fetches it over HTTP."""

import json
import time
from collections import Counter
from contextlib import suppress

from asgiref.sync import sync_to_async

from marketplace.accounts.selectors import actor_for, standing_of
from marketplace.chat import presence
from marketplace.chat.rooms import room_of_conversation, room_of_party
from marketplace.chat.selectors.conversations import last_numbers
from marketplace.chat.selectors.unread import unread_count
from marketplace.core.actor import Actor, Source
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

    Every 15 seconds the numbers of what it follows: a hint that was lost is noticed, and proxies stay awake.
    """

    actor: Actor
    party = ""
    person = ""
    seat: Seat | None = None
    is_counted = False

    async def connect(self) -> None:
        self.joined: dict[str, float] = {}
        self.heard = Heard()
        user = self.scope["user"]
        if user.is_authenticated:
            if _open[user.pk] >= MOST_SOCKETS:
                await self.accept()
                await self.close(TOO_MANY)
                return
            _open[user.pk] += 1
            self.is_counted = True
            await self.look_up()
        await super().connect()
        if self.group:
            self.seat = Seat(self.scope.get(RAW_SEND), self.say, self.close)
            if self.party:
                await hub().join(room_of_party(self.party), self.seat)
            await self.send_messages()

    async def disconnect(self, code: int) -> None:
        if self.is_counted:
            _open[self.scope["user"].pk] -= 1
        await self.leave_all()
        await super().disconnect(code)

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
        if await self.numbers([conversation]):
            self.joined[conversation] = 0.0
            await hub().join(room_of_conversation(conversation), self.seat)
            await self.tell_numbers()
            await self.tell_who(conversation, await presence.here(conversation, self.person))

    async def leave(self, conversation: str) -> None:
        if self.joined.pop(conversation, None) is not None:
            await hub().leave(room_of_conversation(conversation), self.seat)
            await self.tell_who(conversation, await presence.gone(conversation, self.person))

    async def leave_all(self) -> None:
        if self.seat is not None:
            await self.seat.empty()
            for conversation in list(self.joined):
                await self.leave(conversation)
            if self.party:
                await hub().leave(room_of_party(self.party), self.seat)

    async def typing(self, conversation: str) -> None:
        now = time.monotonic()
        if conversation in self.joined and now - self.joined[conversation] >= TYPING_EVERY_S:
            self.joined[conversation] = now
            await self.tell_room(conversation, typing=self.person)

    async def tell_who(self, conversation: str, people: list[str]) -> None:
        await self.tell_room(conversation, here=people)

    async def tell_room(self, conversation: str, **what: object) -> None:
        payload = json.dumps({"conversation": conversation, **what}, separators=(",", ":"))
        await hub().publish(room_of_conversation(conversation), payload.encode())

    async def tell_numbers(self) -> None:
        for conversation, seq in (await self.numbers(self.joined)).items():
            await self.send_json({"conversation": conversation, "seq": seq})

    async def numbers(self, conversations) -> dict[str, int]:
        return await sync_to_async(last_numbers)(self.actor, list(conversations))

    async def membership_ended(self, _message: dict) -> None:
        """Of a party that this socket listens for? Then it hears nothing more, and the page asks who it is."""
        if not await self.still_a_member():
            await self.leave_all()
            await self.close(SIGNED_OUT)

    async def beat_once(self) -> bool:
        if not await self.still_a_member():
            await self.leave_all()
            return False
        await self.send_messages()
        await self.tell_numbers()
        for conversation in list(self.joined):
            await self.tell_who(conversation, await presence.here(conversation, self.person))
        return True

    async def send_messages(self) -> None:
        await self.send_json({"messages": await sync_to_async(unread_count)(self.actor)})

    async def say(self, text: str) -> None:
        await self.send(text_data=text)

    async def look_up(self) -> None:
        standing = await self.standing()
        user, current = self.scope["user"], standing.current
        self.actor = actor_for(user, standing, source=Source.SOCKET, request_id="")
        self.party = current.party.public_id if current else ""
        self.person = user.public_id

    async def still_a_member(self) -> bool:
        current = (await self.standing()).current
        return (current.party.public_id if current else "") == self.party

    async def standing(self):
        """For the party that the session acts for now: after a switch this socket is another party's."""
        user, chosen = self.scope["user"], self.scope["session"].get("party")
        return await sync_to_async(standing_of)(user, self.party or chosen)


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
