"""Peers in processes of their own, one or eight at once: they start together and their rates add up."""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import ExitStack

from marketplace.stack.paths import ROOT

SECONDS = float(os.environ.get("BENCH_SECONDS", "2"))
SETTINGS = {"hordak_peer": "tests.bench.hordak_settings"}


def fleet(peer: str, processes: int) -> float:
    """Transfers a second of `processes` copies of tests/bench/<peer>.py together."""
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": SETTINGS.get(peer, "marketplace.settings.test"),
        "BENCH_SECONDS": str(SECONDS),
    }
    with ExitStack() as stack:
        workers = [
            stack.enter_context(
                subprocess.Popen(
                    [sys.executable, "-m", f"tests.bench.{peer}"],
                    env=environment,
                    cwd=ROOT,
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    text=True,
                )
            )
            for _ in range(processes)
        ]
        for worker in workers:
            if worker.stdout.readline() != "ready\n":
                raise RuntimeError(f"{peer} did not start")
        for worker in workers:
            worker.stdin.write("go\n")
            worker.stdin.flush()
        return sum(float(worker.stdout.readline()) for worker in workers)


def work_when_told(work: Callable[[], int]) -> None:
    """A worker's side: warm up, wait for the others, work, say how many a second it was."""
    work()
    print("ready", flush=True)
    sys.stdin.readline()
    done, started = 0, time.perf_counter()
    while time.perf_counter() - started < SECONDS:
        done += work()
    print(done / (time.perf_counter() - started), flush=True)
