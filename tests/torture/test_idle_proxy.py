"""A proxy that cuts what has been silent for a while stands between a page and its socket. The heart beats more often
than that: nothing is cut. Under a proxy more impatient than the heart each cut is followed by a look at the gap, and
nothing is lost.
"""

import asyncio
import json
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass

import pytest

from tests.support.stack import Stack
from tests.support.talkers.talker import Talker
from tests.torture.test_chat import python

pytestmark = pytest.mark.timeout(600)
PATIENT_S, IMPATIENT_S = 25.0, 4.0  # the heart beats every 15
SAID = 6


@pytest.fixture
def own_stack() -> Iterator[Stack]:
    stack = Stack(20_300)
    stack.start(patience=240)
    stack.wait_for_sockets()
    yield stack
    stack.stop()


class Proxy:
    """Hands bytes on in both directions, and cuts a line that has been silent for `idle` seconds."""

    def __init__(self, target: int, idle: float) -> None:
        self.target, self.idle, self.cuts = target, idle, 0
        self.port = 0

    async def hand_on(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there, back = await asyncio.open_connection("localhost", self.target)
        spoke = [time.monotonic()]
        pipes = [asyncio.create_task(pipe(*way, spoke)) for way in ((reader, back), (there, writer))]
        while not any(one.done() for one in pipes):
            await asyncio.sleep(0.2)
            if time.monotonic() - spoke[0] > self.idle:
                self.cuts += 1
                break
        for one in pipes:
            one.cancel()
        await asyncio.gather(*pipes, return_exceptions=True)
        for end in (writer, back):
            end.transport.abort()
            with suppress(OSError):
                await end.wait_closed()


async def pipe(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, spoke: list[float]) -> None:
    with suppress(OSError):
        while data := await reader.read(65_536):
            spoke[0] = time.monotonic()
            writer.write(data)
            await writer.drain()


@asynccontextmanager
async def proxy_before(target: int, idle: float) -> AsyncIterator[Proxy]:
    proxy = Proxy(target, idle)
    server = await asyncio.start_server(proxy.hand_on, "localhost", 0)
    proxy.port = server.sockets[0].getsockname()[1]
    async with server:
        yield proxy


@dataclass(frozen=True)
class Outcome:
    """`cut` by the proxy; `lost` is how often the page came back while nothing was said; `heard` in its order."""

    cut: int
    lost: int
    heard: list[str]

    def heard_all(self, idle: float) -> bool:
        return all(any(f"{idle} {number}" in text for text in self.heard) for number in range(SAID))


async def behind(stack: Stack, people: list[dict], idle: float, quiet_s: float) -> Outcome:
    """One listens through the proxy and hears nothing for `quiet_s`; then the other one talks to her."""
    listener, speaker = (Talker(stack.url, **person) for person in people)
    async with proxy_before(stack.port + 1, idle) as proxy:
        listener.port = proxy.port
        listening = asyncio.create_task(listener.listen())
        await asyncio.sleep(quiet_s)
        cut, lost = proxy.cuts, listener.cuts
        for number in range(SAID):
            await speaker.say(f"{idle} {number}")
            await asyncio.sleep(1.5)
        await asyncio.sleep(3)
        listening.cancel()
        await asyncio.gather(listening, return_exceptions=True)
        await asyncio.sleep(0.5)  # the proxy notices
    for talker in (listener, speaker):
        await talker.http.aclose()
    return Outcome(cut, lost, [text for _number, (_id, text) in sorted(listener.transcript.items())])


def test_a_patient_proxy_cuts_nothing_and_an_impatient_one_loses_nothing(own_stack):
    people = json.loads(python(own_stack, "-m", "tests.support.talkers.cast", "1", "2"))
    patient = asyncio.run(behind(own_stack, people, PATIENT_S, quiet_s=3 * PATIENT_S))
    assert (patient.cut, patient.lost) == (0, 0)
    assert patient.heard_all(PATIENT_S)
    impatient = asyncio.run(behind(own_stack, people, IMPATIENT_S, quiet_s=3 * IMPATIENT_S))
    assert impatient.cut > 0
    assert impatient.heard_all(IMPATIENT_S)
