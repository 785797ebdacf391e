"""A WebSocket client on asyncio's streams."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import suppress
from typing import Self

from wsproto import ConnectionType, WSConnection
from wsproto.events import AcceptConnection, CloseConnection, Ping, RejectConnection, Request, TextMessage


class Cut(Exception):
    """The socket is gone."""


class ClientSocket:
    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.reader, self.writer = reader, writer
        self.protocol = WSConnection(ConnectionType.CLIENT)

    @classmethod
    async def open(cls, port: int, path: str, *, origin: str, cookie: str) -> Self:
        """Raises OSError, Cut."""
        opened = cls(*await asyncio.open_connection("localhost", port))
        headers = [(b"Origin", origin.encode()), (b"Cookie", f"sessionid={cookie}".encode())]
        request = Request(host=f"localhost:{port}", target=path, extra_headers=headers)
        opened.writer.write(opened.protocol.send(request))
        try:
            if not isinstance(await anext(opened.events()), AcceptConnection):
                raise Cut
        except BaseException:
            await opened.close()
            raise
        return opened

    async def events(self) -> AsyncIterator[object]:
        while True:
            for event in self.protocol.events():
                if isinstance(event, (CloseConnection, RejectConnection)):
                    raise Cut
                if isinstance(event, Ping):
                    self.writer.write(self.protocol.send(event.response()))
                    continue
                yield event
            data = await self.reader.read(65_536)
            if not data:
                raise Cut
            self.protocol.receive_data(data)

    async def frames(self) -> AsyncIterator[dict]:
        """What the server says, until it is cut."""
        words = ""
        with suppress(Cut, OSError):
            async for event in self.events():
                if isinstance(event, TextMessage):
                    words += event.data
                    if event.message_finished:
                        yield json.loads(words)
                        words = ""

    async def close(self) -> None:
        self.writer.close()
        with suppress(OSError):
            await self.writer.wait_closed()

    def say(self, **what: object) -> None:
        self.writer.write(self.protocol.send(TextMessage(json.dumps(what))))

    def cut(self) -> None:
        """Without a word, as when a phone loses its line."""
        self.writer.transport.abort()
