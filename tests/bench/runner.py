"""The pieces of the bench: services, and one round over every peer."""

import os
import secrets
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import django

from marketplace.stack.data_services import DataServices
from marketplace.stack.paths import ROOT, postgres_url
from marketplace.stack.postgres import OWNER_ROLE
from tests.bench.fleet import SECONDS, fleet

ACCOUNTS = 1_000
BATCH = 1_000
TURN = 0.1  # seconds


@contextmanager
def services(var: Path) -> Iterator[None]:
    """A durable cluster of its own, migrated; and a second database for the peer's tables."""
    var.chmod(0o755)
    stack = DataServices(var)
    try:
        stack.start()
        stack.postgres.bootstrap({"hordak": OWNER_ROLE})
        os.environ |= stack.environment()
        os.environ["HORDAK_DATABASE_URL"] = postgres_url(stack.sockets, role=OWNER_ROLE, database="hordak")
        subprocess.run([sys.executable, "manage.py", "migrate", "--no-input", "-v0"], cwd=ROOT, check=True)
        django.setup()
        yield
    finally:
        stack.stop()


def one_round() -> dict[str, float]:
    """Every peer once: those of one process turn about, so that whoever else uses the machine disturbs all alike."""
    from tests.bench import limit, ours, raw

    ours.open_accounts()
    measured = take_turns(
        {
            "ours, single": ours.single(),
            "psycopg, same function": raw.same_function(),
            "psycopg, the same between BEGIN and COMMIT": raw.same_function_in_transaction(),
            "one row inserted and committed": limit.one_row(),
            "ours, single, 10 hot accounts": ours.single(accounts=10),
            "ours, batch of 1000": ours.batch(BATCH),
            "set-based SQL, 1000": raw.set_based(BATCH),
        }
    )
    for processes in (1, 8):
        for name, peer in (("ours", "ours_peer"), ("psycopg", "psycopg_peer"), ("hordak", "hordak_peer")):
            measured[f"{name}, {processes} of its own"] = fleet(peer, processes)
    return measured


def take_turns(peers: dict[str, Callable[[], int]]) -> dict[str, float]:
    """How many a second each does, over SECONDS in short turns, after a warm-up."""
    for work in peers.values():
        work()
    done, spent = dict.fromkeys(peers, 0), dict.fromkeys(peers, 0.0)
    while min(spent.values()) < SECONDS:
        for name, work in peers.items():
            started = time.perf_counter()
            while time.perf_counter() - started < TURN:
                done[name] += work()
            spent[name] += time.perf_counter() - started
    return {name: done[name] / spent[name] for name in peers}


def pair(accounts: int) -> tuple[int, int]:
    source = secrets.randbelow(accounts)
    return source, (source + 1 + secrets.randbelow(accounts - 1)) % accounts
