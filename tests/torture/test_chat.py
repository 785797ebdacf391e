"""Fifty open pages of five conversations talk for a minute, while sockets are cut and their process, the pages' and
Valkey are killed: afterwards every transcript is the database's, and every message that was sent is there once.
"""

import asyncio
import json
import os
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from random import Random  # noqa: TID251  chance that repeats is the point

import pytest

from marketplace.stack.paths import ROOT
from tests.support.chaos import TARGETS, environment
from tests.support.stack import Stack
from tests.support.talkers.talker import Talker

pytestmark = pytest.mark.timeout(900)
SECONDS = int(os.environ.get("TORTURE_SECONDS", "60"))
CONVERSATIONS, PEOPLE = 5, 10
A_PERSON_SAYS_EVERY_S = 3.4  # below twenty a minute
VICTIMS = {"sockets": ("marketplace.asgi",), "pages": TARGETS["pages"], "Valkey": TARGETS["Valkey"]}


@pytest.fixture
def own_stack() -> Iterator[Stack]:
    stack = Stack(20_200)
    stack.start()
    stack.wait_for_sockets()
    yield stack
    stack.stop()


def python(stack: Stack, *command: str) -> str:
    done = subprocess.run(
        [sys.executable, *command], cwd=ROOT, env=environment(stack), capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout


def kept(stack: Stack) -> dict[str, list[tuple[int, str, str]]]:
    """The database's transcript of each conversation."""
    question = (
        "import json; from marketplace.chat.models import Message; "
        "print(json.dumps(list(Message.objects.order_by('conversation', 'seq')"
        ".values_list('conversation__public_id', 'seq', 'public_id', 'text'))))"
    )
    found: dict[str, list[tuple[int, str, str]]] = {}
    for talk, seq, public_id, text in json.loads(python(stack, "manage.py", "shell", "-v0", "-c", question)):
        found.setdefault(talk, []).append((seq, public_id, text))
    return found


async def chatter(talker: Talker, number: int, until: float) -> None:
    await asyncio.sleep(number * A_PERSON_SAYS_EVERY_S / (CONVERSATIONS * PEOPLE))
    count = 0
    while time.monotonic() < until:
        begun = time.monotonic()
        count += 1
        await talker.say(f"{number} says {count} & <b>means</b> it 第{count}句")
        await asyncio.sleep(max(0.0, A_PERSON_SAYS_EVERY_S - (time.monotonic() - begun)))


async def havoc(stack: Stack, talkers: list[Talker], until: float) -> Counter[str]:
    dice, done = Random(11), Counter()
    while time.monotonic() < until:
        await asyncio.sleep(0.7)
        for talker in dice.sample(talkers, 4):
            talker.cut()
            done["a socket"] += 1
        if dice.random() < 0.15:
            victim = dice.choice(list(VICTIMS))
            if await asyncio.to_thread(stack.kill, *VICTIMS[victim]):
                done[victim] += 1
    return done


async def scene(stack: Stack, cast: list[dict[str, str]]) -> tuple[list[Talker], Counter[str]]:
    talkers = [Talker(stack.url, **one) for one in cast]
    listening = [asyncio.create_task(one.listen()) for one in talkers]
    until = time.monotonic() + SECONDS
    raging = asyncio.create_task(havoc(stack, talkers, until))
    await asyncio.gather(*(chatter(one, number, until) for number, one in enumerate(talkers)))
    done = await raging
    await asyncio.to_thread(stack.wait_for, "/readyz", 60)
    await asyncio.sleep(20)  # a heartbeat and a reconnect: what is seen then was seen by hints alone
    for task in listening:
        task.cancel()
    await asyncio.gather(*listening, return_exceptions=True)
    for one in talkers:
        await one.http.aclose()
    return talkers, done


def test_every_page_ends_with_what_was_said_once_and_in_order(own_stack, capsys):
    cast = json.loads(python(own_stack, "-m", "tests.support.talkers.cast", str(CONVERSATIONS), str(PEOPLE)))
    talkers, done = asyncio.run(scene(own_stack, cast))
    database = kept(own_stack)
    with capsys.disabled():
        sys.stdout.write(f"\n{sum(map(len, database.values()))} messages; cut or killed: {dict(done)}\n")
    assert set(VICTIMS) < set(done)
    for talker in talkers:
        seen = [(seq, *talker.transcript[seq]) for seq in sorted(talker.transcript)]
        assert seen == database[talker.talk]
    for talk, messages in database.items():
        said = Counter(text for _seq, _id, text in messages)
        assert said == Counter(text for one in talkers if one.talk == talk for text in one.sent)
        assert set(said.values()) == {1}
        assert [seq for seq, _id, _text in messages] == list(range(1, len(messages) + 1))
