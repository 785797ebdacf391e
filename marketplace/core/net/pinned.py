"""A connection to one address that was judged, whatever its name resolves to now, and that ends at a set time."""

import socket
import ssl
import time
from collections.abc import Callable, Iterable

import httpcore

Connect = Callable[[str, int, float], socket.socket]


class DeadlinePassed(httpcore.TimeoutException):
    """The whole of it took too long, however busily it dripped."""


class Deadline:
    """Seconds that all of it may take together."""

    def __init__(self, seconds: float) -> None:
        self.at = time.monotonic() + seconds

    def left(self) -> float:
        """Seconds. Raises DeadlinePassed."""
        seconds = self.at - time.monotonic()
        if seconds <= 0:
            raise DeadlinePassed
        return seconds


class PinnedBackend(httpcore.NetworkBackend):
    """Connects to `addresses`, tried in turn, and to nothing else."""

    def __init__(self, addresses: list[str], deadline: Deadline, connect: Connect) -> None:
        self.addresses, self.deadline, self.connect = addresses, deadline, connect

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[object] | None = None,
    ) -> httpcore.NetworkStream:
        failure: OSError | None = None
        for address in self.addresses:
            try:
                return DeadlineStream(self.connect(address, port, self.deadline.left()), self.deadline)
            except OSError as error:
                failure = error
        raise httpcore.ConnectError(type(failure).__name__) from failure


class DeadlineStream(httpcore.NetworkStream):
    """A socket that waits for no single byte longer than all of them may take."""

    def __init__(self, sock: socket.socket, deadline: Deadline) -> None:
        self.sock, self.deadline = sock, deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        self.sock.settimeout(self.deadline.left())
        try:
            return self.sock.recv(max_bytes)
        except TimeoutError as error:
            raise DeadlinePassed from error
        except OSError as error:
            raise httpcore.ReadError(type(error).__name__) from error

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self.sock.settimeout(self.deadline.left())
        try:
            self.sock.sendall(buffer)
        except TimeoutError as error:
            raise DeadlinePassed from error
        except OSError as error:
            raise httpcore.WriteError(type(error).__name__) from error

    def close(self) -> None:
        self.sock.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        self.sock.settimeout(self.deadline.left())
        try:
            return DeadlineStream(ssl_context.wrap_socket(self.sock, server_hostname=server_hostname), self.deadline)
        except TimeoutError as error:
            raise DeadlinePassed from error
        except OSError as error:
            self.sock.close()
            raise httpcore.ConnectError(type(error).__name__) from error

    def get_extra_info(self, info: str) -> object:
        return None
