"""One WebSocket of the ASGI application, without a server in between (Channels' own wants Daphne installed)."""

import json
from typing import Any

from asgiref.testing import ApplicationCommunicator


class Socket(ApplicationCommunicator):
    def __init__(self, application: Any, path: str, headers: list[tuple[bytes, bytes]]) -> None:
        scope = {"type": "websocket", "path": path, "query_string": b"", "headers": headers, "subprotocols": []}
        super().__init__(application, scope)

    async def connect(self, timeout: float = 10) -> bool:
        """Whether it was accepted."""
        await self.send_input({"type": "websocket.connect"})
        return (await self.receive_output(timeout))["type"] == "websocket.accept"

    async def say(self, **what: object) -> None:
        await self.send_input({"type": "websocket.receive", **what})

    async def hear(self, timeout: float = 10) -> Any:
        message = await self.receive_output(timeout)
        assert message["type"] == "websocket.send", message
        return json.loads(message["text"])

    async def closed_with(self, timeout: float = 10) -> int:
        """The code of the close, however much was said before it."""
        while (message := await self.receive_output(timeout))["type"] != "websocket.close":
            continue
        return message["code"]

    async def leave(self) -> None:
        if not self.future.done():
            await self.send_input({"type": "websocket.disconnect", "code": 1000})
            await self.wait(10)
