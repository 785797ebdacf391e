"""Lists at ten thousand rows and at a million, through our own selectors: milliseconds that 95 of 100 calls stay under.

Each call looks for something else (a word, a place in the list, a filter), and the two markets take turns call by call.
"""

import os
import sys
import time
from functools import cache, partial

from django.core.management import call_command
from django.db import connections

from marketplace.settings.base import database
from marketplace.stack.postgres import APP_ROLE
from marketplace.web.bench.database import PREFIX, url
from tests.bench.market_calls import CALLS, Call
from tests.bench.report import AtMost, Suite

LARGE = int(os.environ.get("BENCH_ROWS", "1000000"))
SMALL = min(10_000, LARGE)
TIMES = int(os.environ.get("BENCH_CALLS", "200"))
WARM_UP = 30


@cache
def prepare() -> None:
    """Both markets, each in a database of its own: once a run."""
    for rows in (SMALL, LARGE):
        name = f"{PREFIX}_{rows}"
        if os.environ.get("BENCH_MARKETS") != "kept":  # of an earlier run, on a server that is not ours to stop
            call_command("bench_data", anchors=rows, tasks=rows, database=name, stdout=sys.stderr)
        connections.databases[str(rows)] = {**connections["default"].settings_dict, **database(url(name, APP_ROLE))}


def one_round() -> dict[str, float]:
    return {name: figure for case, call in CALLS.items() for name, figure in measured(case, call).items()}


def measured(case: str, call: Call) -> dict[str, float]:
    works = {rows: partial(call, str(rows), rows) for rows in (SMALL, LARGE)}
    took: dict[int, list[float]] = {rows: [] for rows in works}
    for turn in range(WARM_UP + TIMES):
        for rows, work in works.items():
            milliseconds = timed(work, turn)
            if turn >= WARM_UP:
                took[rows].append(milliseconds)
    return {label(case, rows): sorted(times)[int(0.95 * len(times))] for rows, times in took.items()}


def timed(work: partial, turn: int) -> float:
    look = work(turn)
    started = time.perf_counter()
    look()
    return (time.perf_counter() - started) * 1000


def label(case: str, rows: int) -> str:
    return f"{case}, {rows:,}"


GOALS = {case: AtMost(1.5, label(case, LARGE), label(case, SMALL)) for case in CALLS}
SUITE = Suite("Market, p95 in ms", one_round, GOALS, prepare)
