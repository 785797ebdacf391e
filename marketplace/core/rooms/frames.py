"""The one place that knows how a socket's server writes: a frame is encoded once and goes straight to the transports.

`send` of ASGI encodes, awaits and wakes for each socket, which costs ten times the write itself. uvicorn's wsproto
protocol is not public API, so everything that is asked of it is looked at first; of any other server we know nothing
and use `send`.
"""

from asyncio import WriteTransport
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


def transport_of(send: Any) -> WriteTransport | None:
    """Where the server of this `send` writes uncompressed frames of an open socket; None when we cannot be sure."""
    protocol = getattr(send, "__self__", None)
    if type(protocol).__module__ != KNOWN:
        return None
    try:
        is_plain = not protocol.config.ws_per_message_deflate
        is_open = protocol.handshake_complete and not protocol.close_sent and not protocol.disconnected
        protocol.transport.get_write_buffer_size()
    except AttributeError:
        return None
    return protocol.transport if is_plain and is_open else None


class KeepRawSend:
    """Outermost of the ASGI application: Channels' middlewares put their own `send` before the server's."""

    def __init__(self, application: Any) -> None:
        self.application = application

    async def __call__(self, scope: dict, receive: Any, send: Any) -> None:
        if scope["type"] == "websocket":
            scope = scope | {RAW_SEND: send}
        await self.application(scope, receive, send)
