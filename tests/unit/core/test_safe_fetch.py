"""An address from a stranger leads to the open internet or nowhere."""

import socket
import threading
import time
from collections.abc import Iterator

import pytest

from marketplace.core.net.addresses import is_open_internet
from marketplace.core.net.names import resolve as system_resolve
from marketplace.core.net.safe_fetch import FetchFailed, fetch
from tests.support.far_server import FarServer, far_server, says

OUTSIDE = "93.184.215.14"


@pytest.fixture
def far() -> Iterator[FarServer]:
    with far_server() as server:
        yield server


def failure(url: str, far: FarServer, *, seconds: float = 5.0, **hosts: list[str]) -> str:
    """The code with which opening it fails."""
    with pytest.raises(FetchFailed) as failed:
        opened(url, far, seconds=seconds, **hosts)
    return failed.value.code


def opened(url: str, far: FarServer, *, seconds: float = 5.0, **hosts: list[str]):
    known = {name.replace("_", "."): found for name, found in hosts.items()}

    def resolve(host: str, port: int, left: float) -> list[str]:
        return known.get(host, [OUTSIDE])

    return fetch(url, resolve=resolve, connect=far.connect, seconds=seconds)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "127.9.9.9",
        "0.0.0.0",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "100.64.0.1",
        "169.254.169.254",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "192.88.99.1",
        "198.18.0.1",
        "::",
        "::1",
        "::7f00:1",
        "::ffff:127.0.0.1",
        "::ffff:93.184.215.14",
        "64:ff9b::7f00:1",
        "64:ff9b:1::a00:1",
        "2002:7f00:1::",
        "2001:0:7f00:1::",
        "2001:db8::1",
        "fe80::1",
        "fe80::1%eth0",
        "fec0::1",
        "fd00::1",
        "ff02::1",
    ],
)
def test_an_inside_address_is_never_dialled(address, far):
    assert not is_open_internet(address)
    assert failure("http://a.example/", far, a_example=[address]) == "inside"
    assert failure("http://a.example/", far, a_example=[OUTSIDE, address]) == "inside"
    assert far.dialled == []


@pytest.mark.parametrize("address", [OUTSIDE, "1.1.1.1", "2606:4700:4700::1111"])
def test_the_open_internet_is(address, far):
    far.answers["a.example"] = says("200 OK", b"here")
    assert is_open_internet(address)
    assert opened("http://a.example/x?y=1", far, a_example=[address]).body == b"here"
    assert far.dialled == [(address, 80)]


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("file:///etc/passwd", "scheme"),
        ("gopher://a.example/", "scheme"),
        ("ftp://a.example/", "scheme"),
        ("javascript:alert(1)", "scheme"),
        ("//a.example/", "scheme"),
        ("http://root@a.example/", "userinfo"),
        ("http://root:secret@a.example/", "userinfo"),
        ("http://a.example:22/", "port"),
        ("http://a.example:443/", "port"),
        ("http:///x", "address"),
        ("http://a\x00.example/", "address"),
        ("http://a.example:port/", "address"),
    ],
)
def test_what_is_no_public_page_is_refused_by_its_form(url, code, far):
    assert failure(url, far) == code
    assert far.dialled == []


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "2130706433", "0x7f.1", "127.1", "[::1]", "[::ffff:7f00:1]", "localhost"]
)
def test_the_systems_resolver_understands_more_than_names_and_all_of_it_is_judged(host, far):
    with pytest.raises(FetchFailed) as failed:
        fetch(f"http://{host}/", resolve=system_resolve, connect=far.connect)
    assert failed.value.code == "inside"
    assert far.dialled == []


def test_a_name_is_resolved_once_and_the_connection_goes_to_what_was_judged(far):
    """DNS rebinding: the second answer is an inside one, and nobody asks for it."""
    answers = iter([[OUTSIDE], ["127.0.0.1"]])
    far.answers["a.example"] = says("200 OK")
    assert fetch("http://a.example/", resolve=lambda *_asked: next(answers), connect=far.connect).status == 200
    assert far.dialled == [(OUTSIDE, 80)]
    assert next(answers) == ["127.0.0.1"]


@pytest.mark.parametrize(
    ("location", "code"),
    [
        ("http://inside.example/", "inside"),
        ("http://169.254.169.254/latest/meta-data/", "inside"),
        ("file:///etc/passwd", "scheme"),
        ("http://root@b.example/", "userinfo"),
        ("http://b.example:6379/", "port"),
    ],
)
def test_a_redirect_is_judged_like_the_first_address(location, code, far):
    far.answers["a.example"] = says("302 Found", b"", f"Location: {location}")
    hosts = {"inside_example": ["10.0.0.1"], "169_254_169_254": ["169.254.169.254"]}
    assert failure("http://a.example/", far, **hosts) == code
    assert far.dialled == [(OUTSIDE, 80)]


def test_three_redirects_are_followed_and_a_fourth_is_not(far):
    for step in range(4):
        far.answers[f"r{step}.example"] = says("301 Moved", b"", f"Location: http://r{step + 1}.example/")
    far.answers["r4.example"] = says("200 OK", b"at last")
    found = opened("http://r1.example/", far)
    assert (found.url, found.body) == ("http://r4.example/", b"at last")
    assert failure("http://r0.example/", far) == "redirects"


def test_what_is_sent_says_who_we_are_and_nothing_else(far):
    far.answers["a.example"] = says("302 Found", b"", "Set-Cookie: a=b", "Location: http://b.example/next")
    far.answers["b.example"] = says("200 OK")
    opened("http://a.example/", far)
    assert far.requests[1].split(b"\r\n") == [
        b"GET /next HTTP/1.1",
        b"Host: b.example",
        b"User-Agent: Mooring-link-check/1",
        b"Accept: */*",
        b"Accept-Encoding: identity",
        b"Connection: close",
        b"",
        b"",
    ]


def test_two_megabytes_are_read_and_not_a_byte_more(far):
    sent = []

    def endless(sock: socket.socket) -> None:
        sock.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 10737418240\r\n\r\n")
        while True:
            sock.sendall(b"x" * 65_536)
            sent.append(65_536)

    far.answers["a.example"] = endless
    far.answers["b.example"] = says("200 OK", b"x" * 2 * 2**20)
    far.answers["c.example"] = says("200 OK", b"x" * (2 * 2**20 + 1))
    assert failure("http://a.example/", far) == "too_large"
    assert sum(sent) < 20 * 2**20
    assert len(opened("http://b.example/", far).body) == 2 * 2**20
    assert failure("http://c.example/", far) == "too_large"


@pytest.mark.parametrize("head", [b"", b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n"])
def test_a_slow_drip_ends_when_the_whole_time_is_over(head, far):
    def drip(sock: socket.socket) -> None:
        sock.sendall(head)
        while True:
            sock.sendall(b"H")
            time.sleep(0.05)

    far.answers["a.example"] = drip
    begun = time.monotonic()
    assert failure("http://a.example/", far, seconds=0.5) in {"timeout", "unreachable"}
    assert time.monotonic() - begun < 1.5


def test_silence_ends_when_the_whole_time_is_over(far):
    far.answers["a.example"] = lambda sock: time.sleep(5)
    begun = time.monotonic()
    assert failure("http://a.example/", far, seconds=0.3) == "timeout"
    assert time.monotonic() - begun < 1


def test_a_resolver_that_never_answers_is_not_waited_for(monkeypatch, far):
    answered = threading.Event()

    def slow(*_asked: object, **_options: object) -> list:
        answered.wait(5)
        return []

    monkeypatch.setattr(socket, "getaddrinfo", slow)
    begun = time.monotonic()
    with pytest.raises(FetchFailed) as failed:
        fetch("http://a.example/", resolve=system_resolve, connect=far.connect, seconds=0.3)
    answered.set()
    assert failed.value.code == "unknown_host"
    assert time.monotonic() - begun < 1


def test_no_connection_garbage_and_an_unknown_name_each_have_their_code(far):
    far.answers["a.example"] = lambda sock: sock.sendall(b"\x00\x01\x02 not http\r\n\r\n")
    far.answers["b.example"] = lambda sock: sock.close()
    assert failure("http://a.example/", far) == "unreachable"
    assert failure("http://b.example/", far) == "unreachable"
    assert failure("http://c.example/", far, c_example=[]) == "unknown_host"
    assert failure("https://a.example/", far) == "unreachable"  # it speaks no TLS

    def refused(address: str, port: int, seconds: float) -> socket.socket:
        raise ConnectionRefusedError

    with pytest.raises(FetchFailed) as failed:
        fetch("http://a.example/", resolve=lambda *_asked: [OUTSIDE, "1.1.1.1"], connect=refused)
    assert failed.value.code == "unreachable"
