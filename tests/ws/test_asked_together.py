"""However many sockets a process has, it asks the database as if it had one."""

import asyncio
from contextlib import AsyncExitStack
from typing import Self

import pytest
from asgiref.sync import sync_to_async
from django.db import connection

from marketplace.chat.rounds import rounds
from marketplace.chat.together import AT_ONCE, Together
from marketplace.core.actor import Role
from tests.factories.people import Person, make_member, make_owner
from tests.factories.talks import conversation, say
from tests.ws.test_feed_over_the_socket import slow_heart
from tests.ws.test_live_socket import cookie_of, heard, page, run, words

__all__ = ["slow_heart"]

WHO, COUNTS, NUMBERS = 3, 2, 1  # sessions, people, memberships; the feed's count, messages'; conversations'


class Statements:
    """Those of the thread in which sockets ask."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(self, execute, sql, params, many, context):
        self.count += 1
        return execute(sql, params, many, context)

    async def __aenter__(self) -> Self:
        await sync_to_async(lambda: connection.execute_wrappers.append(self))()
        return self

    async def __aexit__(self, *_why: object) -> None:
        await sync_to_async(lambda: connection.execute_wrappers.remove(self))()

    def taken(self) -> int:
        count, self.count = self.count, 0
        return count


@pytest.fixture
def people(committed_db) -> list[Person]:
    merchant, anchor = make_owner(), make_owner("anchor", "Xia Wei")
    members = [make_member(side.party, Role.MEMBER) for side in (merchant, anchor)]
    return [merchant, anchor, *members]


def test_a_round_costs_the_same_for_one_socket_as_for_many(people):
    talk = conversation(*people[:2])
    say(people[0], talk, "Hello")
    cookies = [cookie_of(person) for person in people]
    others_unread = [0, 1, 1, 1]  # for everybody but who wrote it

    async def scene() -> None:
        async with Statements() as asked, AsyncExitStack() as open_pages:
            pages = []
            for cookie in cookies:
                asked.taken()
                pages.append(await open_pages.enter_async_context(page(cookie)))
                assert asked.taken() == WHO + COUNTS
                await pages[-1].say(text=words(join=talk.public_id))
                await heard(pages[-1], seq=1)
                asked.taken()
                await rounds().round()
                assert asked.taken() == WHO + COUNTS + NUMBERS
            for one, unread in zip(pages, others_unread, strict=True):
                await heard(one, messages=unread)
                assert await heard(one, seq=1) == {"conversation": talk.public_id, "seq": 1}
                everybody = {person.user.public_id for person in people}
                while set((await heard(one, conversation=talk.public_id)).get("here", [])) != everybody:
                    continue

    run(scene())


def test_pages_that_open_together_are_asked_about_together(people):
    cookies = [cookie_of(person) for person in people]

    async def open_one(cookie: str, stack: AsyncExitStack) -> None:
        await stack.enter_async_context(page(cookie))

    async def scene() -> None:
        async with Statements() as asked, AsyncExitStack() as stack:
            await asyncio.gather(*(open_one(cookie, stack) for cookie in cookies * 4))
            assert len(rounds().listeners) == 16
            assert asked.taken() <= 4 * (WHO + COUNTS)  # not sixteen times

    run(scene())


def test_many_questions_are_a_few_and_each_gets_its_own_answer():
    batches: list[int] = []

    def double(numbers):
        batches.append(len(numbers))
        return [number * 2 for number in numbers]

    async def scene() -> list[int]:
        return await Together(double).ask_all(range(2 * AT_ONCE + 1))

    assert asyncio.run(scene()) == [number * 2 for number in range(2 * AT_ONCE + 1)]
    assert batches == [AT_ONCE, AT_ONCE, 1]


def test_a_failure_is_theirs_who_asked_then_and_who_went_away_disturbs_nobody():
    def answer(numbers):
        if 0 in numbers:
            raise ZeroDivisionError
        return numbers

    async def scene() -> None:
        together = Together(answer)
        for one in await asyncio.gather(together.ask(0), together.ask(1), return_exceptions=True):
            assert isinstance(one, ZeroDivisionError)
        gone = asyncio.create_task(together.ask(1))
        await asyncio.sleep(0)
        stays = asyncio.create_task(together.ask(2))
        gone.cancel()
        assert await stays == 2
        assert await together.ask(3) == 3

    asyncio.run(scene())
