"""An older state of the counters and what a page heard since make the newest one, whenever the page was opened."""

import asyncio
from dataclasses import dataclass, field

from asgiref.sync import sync_to_async
from django.test import Client
from django.urls import reverse

from marketplace.asgi import application
from marketplace.chat.selectors.sockets import numbers_of
from marketplace.chat.selectors.unread import unread_count
from marketplace.chat.services.reading import mark_read, mute
from marketplace.core.rooms.hub import hub
from marketplace.notifications.selectors import list_notices, unread_counts
from marketplace.notifications.services.feed import mark_all_read
from tests.factories.people import Person, make_owner
from tests.factories.talks import conversation, say
from tests.support.sockets import Socket
from tests.ws.test_feed_over_the_socket import OURS, signed_in, slow_heart, told

__all__ = ["slow_heart"]
A_MOMENT_S = 0.3


@dataclass
class Page:
    """Does with a frame what feed.js does: a count stands for itself, and a hint of talk asks for the count."""

    socket: Socket
    browser: Client
    counts: dict[str, int] = field(default_factory=dict)
    numbers: dict[str, int] = field(default_factory=dict)

    async def catch_up(self) -> None:
        while not await self.socket.receive_nothing(A_MOMENT_S):
            said = await self.socket.hear()
            if "conversation" not in said:
                self.counts |= said
                continue
            if "seq" in said:
                known = self.numbers.get(said["conversation"], 0)
                self.numbers[said["conversation"]] = max(known, said["seq"])
            answer = await sync_to_async(self.browser.post)(reverse("messages-arrived"))
            self.counts |= answer.json()


async def opened(browser: Client) -> Page:
    cookie = browser.cookies["sessionid"].value
    headers = [(b"host", b"localhost:8000"), (b"origin", OURS.encode()), (b"cookie", f"sessionid={cookie}".encode())]
    socket = Socket(application, "/ws/live/", headers)
    assert await socket.connect()
    return Page(socket, browser)


def test_every_older_state_and_what_was_heard_since_make_the_newest(committed_db):
    owner, anchor = make_owner(), make_owner("anchor", "Xia Wei")
    first, second = conversation(owner, anchor), conversation(owner, anchor, title="Another")
    browser = signed_in(owner)
    acts = [
        lambda: told(owner, 2),
        lambda: say(anchor, first, "Hello"),
        lambda: say(anchor, second, "And here"),
        lambda: mark_all_read(actor=owner.actor),
        lambda: mark_read(actor=owner.actor, public_id=first.public_id, seq=1),
        lambda: told(owner),
        lambda: mute(actor=owner.actor, public_id=second.public_id, on=True),
        lambda: say(anchor, first, "Once more"),
    ]

    async def scene() -> None:
        try:
            pages = []
            for act in acts:
                pages.append(await opened(browser))
                await sync_to_async(act)()
            for page in pages:
                await page.catch_up()
            newest = await sync_to_async(fresh)(owner)
            for page in pages:
                assert page.counts == newest
            [said] = await sync_to_async(numbers_of)([(owner.actor, (first.public_id, second.public_id))])
            assert pages[0].numbers == said
            for page in pages:
                await page.socket.leave()
        finally:
            await hub().close()

    asyncio.run(scene())
    shown = browser.get("/feed/", headers={"HX-Request": "true"}).content.decode()
    assert shown.count("/settings/privacy/") >= list_notices(owner.actor).count() == 3


def fresh(person: Person) -> dict[str, int]:
    return {"unread": unread_counts({person.user.pk})[person.user.pk], "messages": unread_count(person.actor)}
