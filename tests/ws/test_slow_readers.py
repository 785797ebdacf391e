"""Who does not take what is written is cut off, and holds nobody else up."""

import asyncio

from marketplace.core.rooms.frames import text_frame
from marketplace.core.rooms.seat import MOST_WAITING_BYTES, MOST_WAITING_FRAMES, SLOW, Seat

PAYLOAD = b'{"seq":1}'


class Transport:
    def __init__(self, waiting: int) -> None:
        self.waiting, self.written, self.aborted = waiting, [], False

    def get_write_buffer_size(self) -> int:
        return self.waiting

    def is_closing(self) -> bool:
        return self.aborted

    def abort(self) -> None:
        self.aborted = True

    def write(self, frame: bytes) -> None:
        self.written.append(frame)


def server(waiting: int):
    """uvicorn's protocol, as far as it is looked at."""

    async def send(self, message: dict) -> None: ...

    inside = {
        "__module__": "uvicorn.protocols.websockets.wsproto_impl",
        "config": type("Config", (), {"ws_per_message_deflate": False}),
        **{"handshake_complete": True, "close_sent": False, "disconnected": False},
        **{"transport": Transport(waiting), "send": send},
    }
    return type("WSProtocol", (), inside)()


async def nothing(_what: object) -> None: ...


def test_a_frame_goes_straight_to_a_server_that_is_known():
    known = server(waiting=0)
    Seat(known.send, nothing, nothing).write(text_frame(PAYLOAD), PAYLOAD)
    assert known.transport.written == [text_frame(PAYLOAD)]


def test_what_waits_goes_in_one_write_and_nothing_to_a_socket_that_is_closing():
    known = server(waiting=0)
    seat = Seat(known.send, nothing, nothing)
    seat.say_all([{"seq": 1}, {"seq": 1}])
    assert known.transport.written == [text_frame(PAYLOAD) * 2]
    known.close_sent = True
    seat.write(text_frame(PAYLOAD), PAYLOAD)
    assert len(known.transport.written) == 1
    assert seat.pump is None


def test_a_megabyte_that_nobody_takes_ends_the_socket():
    known = server(waiting=MOST_WAITING_BYTES + 1)
    seat = Seat(known.send, nothing, nothing)
    for _ in range(2):
        seat.write(text_frame(PAYLOAD), PAYLOAD)
    assert (known.transport.aborted, known.transport.written) == (True, [])


def test_of_an_unknown_server_so_many_frames_wait_and_no_more():
    async def scene() -> list[int]:
        codes: list[int] = []

        async def stuck(_text: str) -> None:
            await asyncio.Event().wait()

        async def cut(code: int) -> None:
            codes.append(code)

        seat = Seat(None, stuck, cut)
        for _ in range(MOST_WAITING_FRAMES + 3):
            seat.write(text_frame(PAYLOAD), PAYLOAD)
        await asyncio.sleep(0)
        await seat.empty()
        return codes

    assert asyncio.run(scene()) == [SLOW]
