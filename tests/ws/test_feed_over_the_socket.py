"""The feed's socket: for the signed-in alone, from our own pages alone, and no longer than the session."""

import asyncio
from contextlib import asynccontextmanager

import pytest
from asgiref.sync import sync_to_async
from django.contrib.auth import get_user_model
from django.test import Client

from marketplace.asgi import application
from marketplace.core.tx import use_case
from marketplace.notifications import consumers, live
from marketplace.notifications.steps.notify import notify
from tests.factories.people import PASSWORD, Person, make_owner
from tests.factories.world import BACKEND, give_password_now
from tests.support.relay import relay_all
from tests.support.sockets import Socket

OURS = "http://localhost:8000"
SIGNED_OUT = 4401
notify_now = use_case(notify)


@pytest.fixture(autouse=True)
def slow_heart(monkeypatch, settings):
    """No heartbeat unless a test asks for one: what arrives is a hint."""
    monkeypatch.setattr(consumers, "HEARTBEAT_S", 60.0)
    settings.ALLOWED_HOSTS = ["localhost", "testserver"]


@pytest.fixture
def owner(committed_db) -> Person:
    return make_owner()


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person.user, backend=BACKEND)
    give_password_now(client, person.user)
    return client


def knock(cookie: str = "", origin: str | None = OURS) -> Socket:
    headers = [(b"host", b"localhost:8000")]
    headers += [(b"origin", origin.encode())] if origin is not None else []
    headers += [(b"cookie", f"sessionid={cookie}".encode())] if cookie else []
    return Socket(application, "/ws/live/", headers)


@asynccontextmanager
async def socket(client: Client):
    """An open socket of this browser, past what it is told first."""
    opened = knock(client.cookies["sessionid"].value)
    assert await opened.connect()
    opened.first = await opened.hear()
    assert await opened.hear() == {"messages": 0}
    yield opened
    await opened.leave()


def told(person: Person, times: int = 1) -> None:
    for _ in range(times):
        notify_now([person.user], "export_ready", facts={}, path="/settings/privacy/")
    relay_all()


def run(coroutine) -> None:
    asyncio.run(coroutine)


@pytest.mark.parametrize("origin", ["http://evil.example", "https://localhost.evil.example", "null", None])
def test_a_page_that_is_not_ours_does_not_get_in(owner, origin):
    cookie = signed_in(owner).cookies["sessionid"].value

    async def visit() -> None:
        assert not await knock(cookie, origin).connect()

    run(visit())


def test_the_count_comes_first_and_follows_what_happens(owner):
    client = signed_in(owner)
    told(owner, 2)

    async def visit() -> None:
        async with socket(client) as opened:
            assert opened.first == {"unread": 2}
            await sync_to_async(told)(owner)
            assert await opened.hear() == {"unread": 3}
            await sync_to_async(client.post)("/feed/")
            assert await opened.hear() == {"unread": 0}

    run(visit())


def test_another_persons_news_is_none_of_ours(owner):
    client, other = signed_in(owner), make_owner(name="Far Away Tea")

    async def visit() -> None:
        async with socket(client) as opened:
            await sync_to_async(told)(other)
            assert await opened.receive_nothing(timeout=0.5)

    run(visit())


def test_what_the_browser_says_is_not_listened_to(owner):
    client = signed_in(owner)

    async def visit() -> None:
        async with socket(client) as opened:
            for text in ("{", '{"type": "feed.changed"}'):
                await opened.say(text=text)
            await opened.say(bytes=b"\x00")
            assert await opened.receive_nothing(timeout=0.3)
            await sync_to_async(told)(owner)
            assert await opened.hear() == {"unread": 1}

    run(visit())


def sign_out(client: Client, _person: Person) -> None:
    assert client.post("/accounts/logout/").status_code == 302


def change_password(client: Client, _person: Person) -> None:
    new = "another-good-password"
    body = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    assert client.post("/accounts/password/change/", body).status_code == 302


def sign_out_everywhere(client: Client, _person: Person) -> None:
    assert client.post("/accounts/sessions/").status_code == 302


ENDINGS = [sign_out, change_password]


@pytest.mark.parametrize("end", ENDINGS)
def test_the_socket_ends_with_its_session_at_once(owner, end):
    client = signed_in(owner)

    async def visit() -> None:
        async with socket(client) as opened:
            await sync_to_async(end)(client, owner)
            assert await opened.closed_with() == SIGNED_OUT

    run(visit())


@pytest.mark.parametrize("end", [change_password, sign_out_everywhere])
def test_and_so_do_those_of_the_persons_other_browsers(owner, end):
    here, elsewhere = signed_in(owner), signed_in(owner)
    for client in (here, elsewhere):
        client.get("/settings/")  # the list of sessions knows it

    async def visit() -> None:
        async with socket(elsewhere) as opened:
            await sync_to_async(end)(here, owner)
            assert await opened.closed_with() == SIGNED_OUT

    run(visit())


def test_signing_out_here_leaves_the_other_browser_alone(owner):
    here, elsewhere = signed_in(owner), signed_in(owner)

    async def visit() -> None:
        async with socket(elsewhere) as opened:
            await sync_to_async(sign_out)(here, owner)
            assert await opened.receive_nothing(timeout=0.5)

    run(visit())


def test_a_password_that_was_reset_by_mail_ends_every_socket(owner):
    from marketplace.notifications.adapter import AccountAdapter

    client = signed_in(owner)

    async def visit() -> None:
        async with socket(client) as opened:
            user = await get_user_model().objects.aget(pk=owner.user.pk)
            await sync_to_async(AccountAdapter().set_password)(user, "another-good-password")
            assert await opened.closed_with() == SIGNED_OUT

    run(visit())


def test_a_lost_hint_is_noticed_at_the_next_heartbeat(owner, monkeypatch):
    monkeypatch.setattr(consumers, "HEARTBEAT_S", 0.2)
    monkeypatch.setattr(live, "get_channel_layer", lost)
    client = signed_in(owner)

    async def visit() -> None:
        async with socket(client) as opened:
            await sync_to_async(told)(owner)
            while (message := await opened.hear()) != {"unread": 1}:
                assert message in ({"unread": 0}, {"messages": 0})
            await sync_to_async(sign_out)(client, owner)
            assert await opened.closed_with() == SIGNED_OUT

    run(visit())


def lost():
    """Valkey is away."""
    raise ConnectionRefusedError


def test_a_person_who_is_barred_loses_the_socket_within_a_heartbeat(owner, monkeypatch):
    monkeypatch.setattr(consumers, "HEARTBEAT_S", 0.2)
    client = signed_in(owner)

    async def visit() -> None:
        async with socket(client) as opened:
            await get_user_model().objects.filter(pk=owner.user.pk).aupdate(is_active=False)
            assert await opened.closed_with() == SIGNED_OUT

    run(visit())
