"""Rooms of 500, 1,000 and 2,000 sockets: how many deliveries a second, how late, and how long a storm of joins takes.
Beside ours: socket.io (npm, pinned), and Channels alone. One server process each, one load client in C, in turn.

`raw`: whoever writes is heard by all; ours and Channels' by way of Valkey, socket.io's in its one process. `whole`: who
writes is known and the message kept in PostgreSQL before anybody hears of it; ours is the program's own
`send_message` in two threads and its own sockets, socket.io's asks for the session and inserts a row.
"""

import json
import os
import resource
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import psycopg
from django.db import connection

from marketplace.chat.services import messages
from marketplace.core.ids import new_id
from marketplace.stack import ports
from marketplace.stack.paths import ROOT
from marketplace.stack.postgres import OWNER_ROLE
from tests.bench.report import AtLeast, AtMost, Suite
from tests.factories.people import Person, make_owner
from tests.factories.talks import conversation
from tests.support.talkers.cast import cookie_of

SIZES = tuple(int(size) for size in os.environ.get("BENCH_SOCKETS", "500 1000 2000").split())
SECONDS = os.environ.get("BENCH_SECONDS", "2")
WINDOW, RATE = "8", "5"
SPEAKS_FOR_S = 4.0
PEERS = Path(__file__).parent / "rooms_peers"
UVICORN = ("--ws", "wsproto", "--ws-per-message-deflate", "false", "--log-level", "error", "--no-access-log")


@cache
def tools() -> Path:
    """The load client, compiled; and socket.io, installed by its lock."""
    folder = Path(tempfile.mkdtemp(prefix="mooring-rooms-"))
    subprocess.run(["gcc", "-O2", "-Wall", "-o", folder / "fan", PEERS / "fan.c"], check=True)
    for name in ("package.json", "package-lock.json", "server.js"):
        (folder / name).write_text((PEERS / "node" / name).read_text())
    subprocess.run(["npm", "ci", "--silent", "--no-audit", "--no-fund"], cwd=folder, check=True)
    return folder


def prepare() -> None:
    _soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))  # a file a socket, in the servers too
    tools()


@contextmanager
def served(command: list[str], port: int) -> Iterator[int]:
    with subprocess.Popen(command, cwd=ROOT, env=os.environ, stdout=subprocess.DEVNULL) as process:
        try:
            wait_for(port, process)
            yield port
        finally:
            process.terminate()


def wait_for(port: int, process: subprocess.Popen) -> None:
    deadline = time.monotonic() + 60
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            if process.poll() is not None or time.monotonic() > deadline:
                raise
            time.sleep(0.1)
        else:
            return


def asgi(name: str) -> Iterator[int]:
    port = ports.pick(21_000, set())
    where = ["--host", "127.0.0.1", "--port", str(port)]
    return served(
        [sys.executable, "-m", "uvicorn", f"tests.bench.rooms_peers.{name}:application", *where, *UVICORN], port
    )


def node(*more: str) -> Iterator[int]:
    port = ports.pick(21_000, set())
    return served(["node", str(tools() / "server.js"), str(port), *more], port)


def fan(
    port: int, path: str, size: int, mode: str, *, window: str = WINDOW, rate: str = "0", cookie: str = "x"
) -> dict:
    command = [tools() / "fan", str(port), path, str(size), mode, SECONDS, window, rate, cookie]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
    if done.returncode:
        raise RuntimeError(done.stderr)
    return json.loads(done.stdout)


def raw(name: str, server: Iterator[int], path: str, mode: str, size: int) -> dict[str, float]:
    with server as port:
        fast = fan(port, path, size, mode)
        slow = fan(port, path, size, mode, window="0", rate=RATE)
    return {
        f"{name}, {size:,}, deliveries a second": fast["delivered"],
        f"{name}, {size:,}, p99 in ms": slow["p99_ms"],
        f"{name}, {size:,}, all joined in s": fast["connect_s"],
    }


def whole_ours(size: int) -> dict[str, float]:
    """The program's own sockets hear of what its own service keeps."""
    merchant, anchor = make_owner("brand", "Chenyu Tea"), make_owner("anchor", "Xia Wei")
    talk, cookie = conversation(merchant, anchor), cookie_of(merchant)
    with asgi("whole") as port:
        command = [tools() / "fan", str(port), "/ws/live/", str(size), "listen", SECONDS, "0", "0", cookie]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as listening:
            if listening.stdout.readline() != "ready\n":
                raise RuntimeError("the sockets did not open")
            speak([merchant, anchor], talk.public_id)
            heard = json.loads(listening.stdout.readline())
    name = f"ours whole, {size:,}"
    return {f"{name}, deliveries a second": heard["delivered"], f"{name}, all joined in s": heard["connect_s"]}


def speak(people: list[Person], talk: str) -> None:
    until = time.monotonic() + SPEAKS_FOR_S
    threads = [threading.Thread(target=say_all, args=(one, talk, until)) for one in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def say_all(person: Person, talk: str, until: float) -> None:
    while time.monotonic() < until:
        messages.send_message(actor=person.actor, public_id=talk, client_id=new_id("try"), text="x" * 150)
    connection.close()


def whole_socket_io(size: int) -> dict[str, float]:
    folder, database = connection.settings_dict["HOST"], connection.settings_dict["NAME"]
    with psycopg.connect(host=folder, dbname=database, user=OWNER_ROLE) as owner:
        owner.execute("CREATE TABLE IF NOT EXISTS bench_session (key text PRIMARY KEY)")
        owner.execute("CREATE TABLE IF NOT EXISTS bench_message (id bigserial PRIMARY KEY, text text)")
        owner.execute("INSERT INTO bench_session VALUES ('x') ON CONFLICT DO NOTHING")
    with node(folder, database, OWNER_ROLE) as port:
        heard = fan(port, "/socket.io/?EIO=4&transport=websocket", size, "sio")
    name = f"socket.io whole, {size:,}"
    return {f"{name}, deliveries a second": heard["delivered"], f"{name}, all joined in s": heard["connect_s"]}


def one_round() -> dict[str, float]:
    figures: dict[str, float] = {}
    messages.A_MINUTE = 10**9  # of one person, here
    for size in SIZES:
        figures |= raw("ours", asgi("ours"), "/", "raw", size)
        figures |= raw("socket.io", node(), "/socket.io/?EIO=4&transport=websocket", "sio", size)
        figures |= raw("Channels", asgi("plain_channels"), "/", "raw", size)
        figures |= whole_ours(size)
        figures |= whole_socket_io(size)
    return figures


def goals() -> dict[str, AtLeast]:
    found: dict[str, AtLeast] = {}
    for size in SIZES:
        a, b = f"ours, {size:,}", f"socket.io, {size:,}"
        speed, late = "deliveries a second", "p99 in ms"
        found[f"{size:,} sockets, raw / socket.io"] = AtLeast(1.2, f"{a}, {speed}", f"{b}, {speed}")
        found[f"{size:,} sockets, raw / Channels"] = AtLeast(20, f"{a}, {speed}", f"Channels, {size:,}, {speed}")
        found[f"{size:,} sockets, p99 / socket.io"] = AtMost(1.0, f"{a}, {late}", f"{b}, {late}")
        whole, theirs = f"ours whole, {size:,}", f"socket.io whole, {size:,}"
        found[f"{size:,} sockets, whole / socket.io"] = AtLeast(0.7, f"{whole}, {speed}", f"{theirs}, {speed}")
    most = max(SIZES)
    joined = "all joined in s"
    found[f"{most:,} joins / socket.io"] = AtMost(2.0, f"ours, {most:,}, {joined}", f"socket.io, {most:,}, {joined}")
    return found


SUITE = Suite("Rooms", one_round, goals(), prepare)
