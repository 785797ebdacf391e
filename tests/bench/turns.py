"""Peers of one process turn about, so that whoever else uses the machine disturbs all alike."""

import time
from collections.abc import Callable

from tests.bench.fleet import SECONDS

TURN = 0.1  # seconds


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
