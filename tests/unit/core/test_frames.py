"""A frame as RFC 6455 wants it, read by another library; and no server's insides are used that we do not know."""

import pytest
from wsproto import ConnectionType
from wsproto.connection import Connection
from wsproto.events import TextMessage

from marketplace.core.rooms.frames import text_frame, wire_of


@pytest.mark.parametrize("size", [0, 1, 125, 126, 127, 65_535, 65_536, 70_000])
def test_another_library_reads_the_same_words(size):
    payload = ("泊" + "x" * size)[:size].encode()
    reader = Connection(ConnectionType.CLIENT)
    reader.receive_data(text_frame(payload))
    parts = [event for event in reader.events() if isinstance(event, TextMessage)]
    assert "".join(part.data for part in parts).encode() == payload
    assert parts[-1].message_finished


class Protocol:
    async def send(self, message: dict) -> None: ...


def test_of_an_unknown_server_nothing_is_used():
    async def send(message: dict) -> None: ...

    for one in (None, send, Protocol().send):
        assert wire_of(one) is None


def test_a_known_server_without_what_we_look_for_is_unknown():
    strange = type("WSProtocol", (Protocol,), {"__module__": "uvicorn.protocols.websockets.wsproto_impl"})
    assert wire_of(strange().send) is None
