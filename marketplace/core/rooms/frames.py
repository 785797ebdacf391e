"""The one place that knows how a socket's server writes: a frame is encoded once and goes straight to the transports.

`send` of ASGI encodes, awaits and wakes for each socket, which costs ten times the write itself. uvicorn's wsproto
protocol is not public API, so everything that is asked of it is looked at first; of any other server we know nothing
and use `send`.
"""

from typing import Any

RAW_SEND = "mooring.raw_send"  # the scope's key for the server's own `send`
KNOWN = "uvicorn.protocols.websockets.wsproto_impl"


def text_frame(payload: bytes) -> bytes:
    """One unmasked, unfragmented text frame (RFC 6455, 5.2)."""
    size = len(payload)
    if size < 126:
        return b"\x81" + bytes([size]) + payload
    if size < 1 << 16:
        return b"\x81\x7e" + size.to_bytes(2, "big") + payload
    return b"\x81\x7f" + size.to_bytes(8, "big") + payload


class Wire:
    """Where the server writes the uncompressed frames of one socket."""

    __slots__ = ("protocol", "transport")

    def __init__(self, protocol: Any) -> None:
        self.protocol, self.transport = protocol, protocol.transport

    def is_open(self) -> bool:
        protocol = self.protocol
        return not (protocol.close_sent or protocol.disconnected or self.transport.is_closing())

    def waiting(self) -> int:
        """Bytes that nobody took yet."""
        return self.transport.get_write_buffer_size()

    def write(self, frames: bytes) -> None:
        self.transport.write(frames)

    def abort(self) -> None:
        self.transport.abort()


def wire_of(send: Any) -> Wire | None:
    """That of an accepted socket whose server's `send` this is; None when we cannot be sure. Asked once a socket."""
    protocol = getattr(send, "__self__", None)
    if type(protocol).__module__ != KNOWN:
        return None
    try:
        is_plain = not protocol.config.ws_per_message_deflate and protocol.handshake_complete
        wire = Wire(protocol)
        wire.is_open(), wire.waiting()
    except AttributeError:
        return None
    return wire if is_plain else None


class KeepRawSend:
    """Outermost of the ASGI application: Channels' middlewares put their own `send` before the server's."""

    def __init__(self, application: Any) -> None:
        self.application = application

    async def __call__(self, scope: dict, receive: Any, send: Any) -> None:
        if scope["type"] == "websocket":
            scope = scope | {RAW_SEND: send}
        await self.application(scope, receive, send)
