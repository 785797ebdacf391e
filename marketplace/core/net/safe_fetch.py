"""Opening an address that a stranger gave us, without being led anywhere inside.

The name is resolved once, every address it has is judged, and the connection goes to one that was judged: a name
that resolves to something else a moment later changes nothing. Each redirect is judged like the first address.
"""

import socket
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import httpcore
import httpx

from marketplace.core.net import names
from marketplace.core.net.addresses import is_open_internet
from marketplace.core.net.pinned import Connect, Deadline, DeadlinePassed, PinnedBackend

SECONDS = 5.0
MAX_BYTES = 2 * 2**20
MAX_REDIRECTS = 3
PORTS = {"http": 80, "https": 443}
USER_AGENT = b"Mooring-link-check/1"
REDIRECTS = frozenset({301, 302, 303, 307, 308})

Resolve = Callable[[str, int, float], list[str]]


class FetchFailed(Exception):
    """`code` is one of: scheme, address, port, userinfo, inside, unknown_host, unreachable, timeout, redirects,
    too_large."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Fetched:
    """What was found at the last address: `body` is at most MAX_BYTES."""

    url: str
    status: int
    body: bytes


def connect(address: str, port: int, seconds: float) -> socket.socket:
    return socket.create_connection((address, port), timeout=seconds)


def fetch(url: str, *, resolve: Resolve | None = None, connect: Connect = connect, seconds: float = SECONDS) -> Fetched:
    """GET over http or https, with no cookies and no credentials. Raises FetchFailed, and nothing else."""
    deadline = Deadline(seconds)
    try:
        for _hop in range(1 + MAX_REDIRECTS):
            target = judged(url)
            answer = _ask(target, _addresses(target, resolve or names.resolve, deadline), deadline, connect)
            if isinstance(answer, Fetched):
                return answer
            url = answer
    except (DeadlinePassed, httpcore.TimeoutException) as error:
        raise FetchFailed("timeout") from error
    except (httpcore.NetworkError, httpcore.ProtocolError, httpcore.ConnectionNotAvailable) as error:
        raise FetchFailed("unreachable") from error
    raise FetchFailed("redirects")


def judged(url: str) -> httpx.URL:
    """The address, if its form is one that we open. Raises FetchFailed."""
    try:
        target = httpx.URL(url)
    except (httpx.InvalidURL, ValueError, TypeError) as error:
        raise FetchFailed("address") from error
    if target.scheme not in PORTS:
        raise FetchFailed("scheme")
    if target.userinfo:
        raise FetchFailed("userinfo")
    if not target.raw_host:
        raise FetchFailed("address")
    if target.port not in (None, PORTS[target.scheme]):
        raise FetchFailed("port")
    return target


def _addresses(target: httpx.URL, resolve: Resolve, deadline: Deadline) -> list[str]:
    """All of a host's addresses; one that is inside condemns the name."""
    host = target.raw_host.decode("ascii")
    try:
        found = resolve(host, PORTS[target.scheme], deadline.left())
    except names.UnknownHost as error:
        raise FetchFailed("unknown_host") from error
    if not found:
        raise FetchFailed("unknown_host")
    if not all(is_open_internet(address) for address in found):
        raise FetchFailed("inside")
    return found


def _ask(target: httpx.URL, addresses: list[str], deadline: Deadline, connect: Connect) -> Fetched | str:
    """What it answers, or where it sends us."""
    headers = [
        (b"Host", target.netloc),
        (b"User-Agent", USER_AGENT),
        (b"Accept", b"*/*"),
        (b"Accept-Encoding", b"identity"),
        (b"Connection", b"close"),
    ]
    address = httpcore.URL(scheme=target.raw_scheme, host=target.raw_host, port=target.port, target=target.raw_path)
    backend = PinnedBackend(addresses, deadline, connect)
    with (
        httpcore.ConnectionPool(ssl_context=_tls(), network_backend=backend) as pool,
        pool.stream("GET", address, headers=headers) as response,
    ):
        location = {name.lower(): value for name, value in response.headers}.get(b"location")
        if response.status in REDIRECTS and location is not None:
            return _next(target, location)
        return Fetched(str(target), response.status, _body(response))


def _next(target: httpx.URL, location: bytes) -> str:
    try:
        return str(target.join(location.decode("ascii")))
    except (httpx.InvalidURL, ValueError) as error:
        raise FetchFailed("address") from error


def _body(response: httpcore.Response) -> bytes:
    body = bytearray()
    for piece in response.iter_stream():
        body += piece
        if len(body) > MAX_BYTES:
            raise FetchFailed("too_large")
    return bytes(body)


@cache
def _tls() -> ssl.SSLContext:
    return httpx.create_ssl_context(trust_env=False)
