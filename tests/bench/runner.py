"""The pieces of the bench: services, and one interleaved round over every peer."""

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

ACCOUNTS = 1_000
SECONDS = float(os.environ.get("BENCH_SECONDS", "2"))
BATCH = 1_000


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


def rate(work: Callable[[], int]) -> float:
    """How many a second, over SECONDS after a short warm-up."""
    work()
    done, started = 0, time.perf_counter()
    while time.perf_counter() - started < SECONDS:
        done += work()
    return done / (time.perf_counter() - started)


def one_round(number: int) -> dict[str, float]:
    """Every peer once; the order turns from round to round, so that no one always runs on the warmer machine."""
    from tests.bench import ours, raw

    peers: list[tuple[str, Callable[[], float]]] = [
        ("ours, single", lambda: rate(ours.single())),
        ("psycopg, same function", lambda: rate(raw.same_function())),
        ("ours, single, 10 hot accounts", lambda: rate(ours.single(accounts=10))),
        ("ours, batch of 1000", lambda: rate(ours.batch(BATCH))),
        ("set-based SQL, 1000", lambda: rate(raw.set_based(BATCH))),
        ("hordak", hordak),
    ]
    turned = peers[number % len(peers) :] + peers[: number % len(peers)]
    measured = {name: measure() for name, measure in turned}
    return {name: measured[name] for name, _ in peers}


def hordak() -> float:
    """In a process of its own: it is another Django project."""
    result = subprocess.run(
        [sys.executable, "-m", "tests.bench.hordak_peer"],
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "tests.bench.hordak_settings", "BENCH_SECONDS": str(SECONDS)},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if result.returncode:
        raise RuntimeError(result.stderr)
    return float(result.stdout.split()[-1])


def pair(accounts: int) -> tuple[int, int]:
    source = secrets.randbelow(accounts)
    return source, (source + 1 + secrets.randbelow(accounts - 1)) % accounts
