"""A wire between a client and a server that can be cut: before the request is through, or before the answer is."""

import socket
import struct
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

BEFORE, AFTER = "before", "after"
_RESET = struct.pack("ii", 1, 0)  # linger for no time: the other end sees a reset, not an end


class Wire:
    """`cuts` are used up first, one a connection; then everything goes through."""

    def __init__(self, port: int, cuts: list[str]) -> None:
        self.port, self.cuts = port, list(cuts)
        self.connections = 0
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.sockets: list[socket.socket] = [self.listener]
        self.threads: list[threading.Thread] = []
        self.start(self.serve)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.listener.getsockname()[1]}"

    def serve(self) -> None:
        with suppress(OSError):
            while True:
                client, _ = self.listener.accept()
                self.connections += 1
                self.sockets.append(client)
                self.start(self.carry, client, self.cuts.pop(0) if self.cuts else "")

    def carry(self, client: socket.socket, cut: str) -> None:
        if cut == BEFORE:
            client.recv(1)
            reset(client)
            return
        server = socket.create_connection(("127.0.0.1", self.port))
        self.sockets.append(server)
        self.start(pump, client, server)
        if cut == AFTER:
            server.recv(1)  # it has answered, so what it did is committed
            reset(client)
        else:
            pump(server, client)

    def start(self, act: Callable[..., None], *arguments: object) -> None:
        thread = threading.Thread(target=act, args=arguments)
        self.threads.append(thread)
        thread.start()

    def close(self) -> None:
        for end in self.sockets:
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
        for thread in self.threads:
            thread.join()
        for end in self.sockets:
            end.close()


def pump(source: socket.socket, sink: socket.socket) -> None:
    with suppress(OSError):
        while data := source.recv(65536):
            sink.sendall(data)
        sink.shutdown(socket.SHUT_WR)


def reset(client: socket.socket) -> None:
    client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
    client.shutdown(socket.SHUT_RD)  # wakes whoever reads from it, so that closing it really closes
    client.close()


@contextmanager
def wire(port: int, *cuts: str) -> Iterator[Wire]:
    made = Wire(port, list(cuts))
    try:
        yield made
    finally:
        made.close()
