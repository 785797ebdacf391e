"""Settled items a second: from protected funds to the payee, to her account at the provider, on to her bank. Ours plans
and posts a thousand at a time; a Celery app beside it does one message an item, with a process for each core. The same
plans, the same posting functions, the same durable PostgreSQL; what differs is the shape. The same item by item in our
one process says how much of that is the batch and how much the messages.
"""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

from marketplace.core.tx import use_case
from marketplace.ledger.steps.posting import post_all
from marketplace.stack.paths import ROOT
from tests.bench.fleet import SECONDS
from tests.bench.report import AtLeast, Suite
from tests.bench.settlement_items import STEPS, Item, paid_in
from tests.bench.settlement_peer import QUEUE, app, settle_one

BATCH = 1_000
WORKERS = 2
PATIENCE = 120.0
GOALS = {"batch of 1000 / one message an item": AtLeast(10.0, "ours, 1000 at a time", "Celery, one message an item")}


@use_case
def settle_all(items: list[Item]) -> None:
    for step in STEPS:
        post_all([step(item) for item in items])


def ours(at_a_time: int) -> float:
    """Items a second, in one process."""
    settle_all(paid_in(at_a_time))
    done, spent = 0, 0.0
    while spent < SECONDS:
        items = paid_in(BATCH)
        started = time.perf_counter()
        for first in range(0, BATCH, at_a_time):
            settle_all(items[first : first + at_a_time])
        spent += time.perf_counter() - started
        done += len(items)
    return done / spent


def one_message_an_item() -> float:
    """From the moment that the worker may begin, all messages queued, to the last posting."""
    with worker():
        queued(paid_in(100))
        work_off()
        items = paid_in(int(250 * SECONDS))
        queued(items)
        return len(items) / work_off()


@contextmanager
def worker() -> Iterator[None]:
    """Celery's own, prefork."""
    command = [
        sys.executable,
        "-W",
        "ignore",
        "-m",
        "celery",
        "-A",
        "tests.bench.settlement_peer",
        "worker",
        "-c",
        str(WORKERS),
    ]
    quiet = ["--loglevel", "error", "--without-gossip", "--without-mingle", "--without-heartbeat", "-Q", QUEUE]
    with subprocess.Popen([*command, *quiet], cwd=ROOT, env=os.environ, stdout=subprocess.DEVNULL) as process:
        try:
            until(lambda: app.control.ping(timeout=0.5), "the worker started")
            app.control.cancel_consumer(QUEUE, reply=True)
            yield
        finally:
            process.terminate()


def queued(items: list[Item]) -> None:
    for item in items:
        settle_one.apply_async(kwargs=item.as_message())


def work_off() -> float:
    """Let the worker begin; the seconds until nothing stands in protected funds any more."""
    started = time.perf_counter()
    app.control.add_consumer(QUEUE, reply=True)
    until(lambda: not unsettled(), "everything was settled", pause=0.05)
    took = time.perf_counter() - started
    app.control.cancel_consumer(QUEUE, reply=True)
    return took


def unsettled() -> bool:
    """Something of the bench's is still in its lot."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT 1 FROM ledger_fundinglot WHERE remaining_minor > 0)")
        return cursor.fetchone()[0]


def until(holds, what: str, pause: float = 0.1) -> None:
    deadline = time.monotonic() + PATIENCE
    while not holds():
        if time.monotonic() > deadline:
            raise RuntimeError(f"not within {PATIENCE} s: {what}")
        time.sleep(pause)


def one_round() -> dict[str, float]:
    return {
        "ours, 1000 at a time": ours(BATCH),
        "ours, one at a time": ours(1),
        "Celery, one message an item": one_message_an_item(),
    }


SUITE = Suite("Settlement, items per second", one_round, GOALS)
