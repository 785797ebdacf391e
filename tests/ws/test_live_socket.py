"""The one socket of a page: what moved in conversations, who is there, limits, and an end within a second."""

import asyncio
import json
from contextlib import asynccontextmanager

import pytest
from asgiref.sync import sync_to_async
from django.test import Client

from marketplace.accounts.services.members import remove_member
from marketplace.asgi import application
from marketplace.chat import consumers
from marketplace.chat.rooms import room_of_party
from marketplace.chat.services.reading import mark_read
from marketplace.core.actor import Role
from marketplace.core.rooms.hub import CONNECTIONS, MOST_AT_ONCE, hub
from marketplace.core.rooms.names import channel_of
from marketplace.core.rooms.seat import Seat
from tests.factories.people import Person, make_member, make_owner
from tests.factories.talks import conversation, say
from tests.factories.world import BACKEND, give_password_now
from tests.support.relay import relay_all
from tests.support.sockets import Socket
from tests.ws.test_feed_over_the_socket import OURS, SIGNED_OUT, slow_heart

__all__ = ["slow_heart"]


@pytest.fixture
def owner(committed_db) -> Person:
    return make_owner()


@pytest.fixture
def anchor(committed_db) -> Person:
    return make_owner("anchor", "Xia Wei")


@pytest.fixture
def talk(owner, anchor):
    return conversation(owner, anchor)


def cookie_of(person: Person) -> str:
    client = Client()
    client.force_login(person.user, backend=BACKEND)
    give_password_now(client, person.user)
    return client.cookies["sessionid"].value


@asynccontextmanager
async def page(cookie: str):
    """An open page past what it is told first."""
    headers = [(b"host", b"localhost:8000"), (b"origin", OURS.encode()), (b"cookie", f"sessionid={cookie}".encode())]
    opened = Socket(application, "/ws/live/", headers)
    assert await opened.connect()
    assert "unread" in await opened.hear()
    assert "messages" in await opened.hear()
    yield opened
    await opened.leave()


def words(**what: str) -> str:
    return json.dumps(what)


def run(coroutine) -> None:
    async def whole() -> None:
        try:
            await coroutine
        finally:
            await hub().close()

    asyncio.run(whole())


async def heard(socket: Socket, **what: object) -> dict:
    """The next frame that says all of this; others may come before it."""
    while True:
        said = await socket.hear()
        if what.items() <= said.items():
            return said


def test_who_takes_part_hears_up_to_which_number_something_was_said(owner, anchor, talk):
    stranger = make_owner("brand", "Other Tea")
    cookies = [cookie_of(person) for person in (owner, anchor, stranger)]

    async def scene() -> None:
        async with page(cookies[0]) as mine, page(cookies[1]) as hers, page(cookies[2]) as strange:
            await sync_to_async(say)(owner, talk, "Hello")
            for one in (mine, hers):
                assert await heard(one, seq=1) == {"conversation": talk.public_id, "seq": 1}
            await sync_to_async(mark_read)(actor=anchor.actor, public_id=talk.public_id, seq=1)
            assert await heard(mine, marks=True)
            assert await strange.receive_nothing(timeout=0.3)

    run(scene())


def test_who_joins_hears_the_number_who_is_there_and_who_types(owner, anchor, talk):
    say(owner, talk, "Hello")
    cookies = [cookie_of(person) for person in (owner, anchor)]
    people = [owner.user.public_id, anchor.user.public_id]

    async def scene() -> None:
        async with page(cookies[0]) as mine, page(cookies[1]) as hers:
            await mine.say(text=words(join=talk.public_id))
            assert await heard(mine, seq=1)
            await hers.say(text=words(join=talk.public_id))
            while set((await heard(mine, conversation=talk.public_id)).get("here", [])) != set(people):
                continue
            await hers.say(text=words(typing=talk.public_id))
            assert (await heard(mine, typing=people[1]))["conversation"] == talk.public_id
            await hers.say(text=words(leave=talk.public_id))
            while (await heard(mine, conversation=talk.public_id)).get("here") != [people[0]]:
                continue

    run(scene())


def test_who_come_all_at_once_to_a_process_that_has_just_begun_hear_everything():
    """As after a restart. Each of the first used to open a line of its own to Valkey, and one was listened to."""

    async def nothing(_code: int) -> None: ...

    async def scene() -> None:
        heard_by = {f"room-{number}": asyncio.Queue() for number in range(8)}
        seats = {room: Seat(None, queue.put, nothing) for room, queue in heard_by.items()}
        await asyncio.gather(*(hub().join(room, seat) for room, seat in seats.items()))
        for room, queue in heard_by.items():
            await hub().publish(room, room.encode())
            assert await asyncio.wait_for(queue.get(), 5) == room
        for seat in seats.values():
            await seat.empty()

    run(scene())


def test_a_person_has_so_many_sockets_and_no_more(owner, monkeypatch):
    monkeypatch.setattr(consumers, "MOST_SOCKETS", 2)
    cookie = cookie_of(owner)

    async def scene() -> None:
        headers = [
            (b"host", b"localhost:8000"),
            (b"origin", OURS.encode()),
            (b"cookie", f"sessionid={cookie}".encode()),
        ]
        async with page(cookie), page(cookie):
            third = Socket(application, "/ws/live/", headers)
            assert await third.connect()
            assert await third.closed_with() == consumers.TOO_MANY
        async with page(cookie):
            pass

    run(scene())


def test_a_socket_that_ended_on_its_way_in_is_counted_no_more(owner, monkeypatch):
    cookie = cookie_of(owner)

    async def away(*_args: object) -> None:
        raise ConnectionRefusedError

    async def scene() -> None:
        with monkeypatch.context() as patched:
            patched.setattr(consumers.LiveConsumer, "send_json", away)
            with pytest.raises(ConnectionRefusedError):
                async with page(cookie):
                    pass
        assert not hub().rooms
        monkeypatch.setattr(consumers, "MOST_SOCKETS", 1)
        async with page(cookie):
            pass

    run(scene())


def test_a_removed_member_hears_nothing_more_at_once(owner, anchor, talk):
    member = make_member(owner.party, Role.MEMBER)
    cookie = cookie_of(member)

    def remove() -> None:
        remove_member(actor=owner.actor, user_public_id=member.user.public_id)
        relay_all()

    async def scene() -> None:
        async with page(cookie) as one:
            await sync_to_async(remove)()
            assert await one.closed_with(timeout=1) == SIGNED_OUT

    run(scene())


def test_a_lost_hint_is_noticed_at_the_next_heartbeat(owner, anchor, talk, monkeypatch):
    monkeypatch.setattr("marketplace.notifications.consumers.HEARTBEAT_S", 0.2)
    monkeypatch.setattr("marketplace.chat.steps.hints.publish", lambda *_args: None)
    cookie = cookie_of(anchor)

    async def scene() -> None:
        async with page(cookie) as hers:
            await hers.say(text=words(join=talk.public_id))
            await heard(hers, seq=0)
            await sync_to_async(say)(owner, talk, "Hello")
            assert await heard(hers, seq=1)
            assert await heard(hers, messages=1)

    run(scene())


async def cut_from_valkey() -> None:
    """As when Valkey was restarted: the subscription of this process is gone."""
    rooms = hub()
    name = rooms.listener.connection_pool.connection_kwargs["client_name"]
    for client in await rooms.valkey.client_list():
        if client["name"] == name:
            await rooms.valkey.client_kill_filter(_id=client["id"])


def test_who_was_cut_from_valkey_is_told_to_look_again_and_hears_what_comes(owner, anchor, talk):
    cookie = cookie_of(anchor)

    async def scene() -> None:
        async with page(cookie) as hers:
            await hers.say(text=words(join=talk.public_id))
            await heard(hers, here=[anchor.user.public_id])
            await cut_from_valkey()
            assert await heard(hers, look=True)
            await sync_to_async(say)(owner, talk, "Hello")
            assert await heard(hers, seq=1)

    run(scene())


def test_a_burst_arrives_whole_and_in_its_order(owner, anchor, talk):
    cookie = cookie_of(anchor)
    numbers = range(1, 2 * MOST_AT_ONCE + 2)

    async def scene() -> None:
        async with page(cookie) as hers:
            channel = channel_of(room_of_party(anchor.party.public_id))
            async with hub().valkey.pipeline(transaction=False) as pipe:
                for number in numbers:
                    pipe.publish(channel, b'{"seq":%d}' % number)
                await pipe.execute()
            assert [(await heard(hers))["seq"] for _ in numbers] == list(numbers)

    run(scene())


def test_more_tell_at_once_than_there_are_connections_and_nothing_is_lost(owner, anchor, talk):
    cookie, times = cookie_of(anchor), 3 * CONNECTIONS

    async def scene() -> None:
        async with page(cookie) as hers:
            room = room_of_party(anchor.party.public_id)
            await asyncio.gather(*(hub().publish(room, b'{"seq":%d}' % number) for number in range(times)))
            assert {(await heard(hers))["seq"] for _ in range(times)} == set(range(times))

    run(scene())
