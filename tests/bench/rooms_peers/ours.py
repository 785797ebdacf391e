"""The rooms of this program and nothing else: whoever writes is heard by all, by way of Valkey as in the program."""

import django

django.setup()

from marketplace.core.rooms.hub import hub  # noqa: E402
from marketplace.core.rooms.seat import Seat  # noqa: E402


async def application(scope, receive, send) -> None:
    if scope["type"] == "lifespan":
        await receive()
        await send({"type": "lifespan.startup.complete"})
        await receive()
        await send({"type": "lifespan.shutdown.complete"})
        return
    await receive()
    await send({"type": "websocket.accept"})

    async def say(text: str) -> None:
        await send({"type": "websocket.send", "text": text})

    async def cut(code: int) -> None:
        await send({"type": "websocket.close", "code": code})

    seat = Seat(send, say, cut)
    await hub().join("bench", seat)
    try:
        while (message := await receive())["type"] != "websocket.disconnect":
            await hub().publish("bench", message["text"].encode())
    finally:
        await hub().leave("bench", seat)
