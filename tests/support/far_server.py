"""A server on this machine that plays the far side of the internet: it answers with what it is told to."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

Answer = Callable[[socket.socket], None]


class FarServer:
    """`answers[host]` answers a request for that host; `requests` keeps what was sent, `dialled` to which address."""

    def __init__(self) -> None:
        self.answers: dict[str, Answer] = {}
        self.requests: list[bytes] = []
        self.dialled: list[tuple[str, int]] = []
        self.listener = socket.create_server(("127.0.0.1", 0))

    def connect(self, address: str, port: int, seconds: float) -> socket.socket:
        """Stands in for the network: every address leads here."""
        self.dialled.append((address, port))
        return socket.create_connection(self.listener.getsockname(), timeout=seconds)

    def serve(self) -> None:
        while True:
            try:
                sock, _peer = self.listener.accept()
            except OSError:
                return
            threading.Thread(target=self._answer, args=(sock,), daemon=True).start()

    def _answer(self, sock: socket.socket) -> None:
        with sock:
            try:
                request = sock.recv(65_536)
                self.requests.append(request)
                host = request.partition(b"Host: ")[2].partition(b"\r\n")[0].decode("latin-1")
                if host in self.answers:
                    self.answers[host](sock)
            except OSError:
                return


def says(status: str, body: bytes = b"", *headers: str) -> Answer:
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", *headers, "", ""]
    return lambda sock: sock.sendall("\r\n".join(lines).encode() + body)


@contextmanager
def far_server() -> Iterator[FarServer]:
    server = FarServer()
    threading.Thread(target=server.serve, daemon=True).start()
    try:
        yield server
    finally:
        server.listener.close()
