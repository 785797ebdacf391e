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
    """Of each list, and of each page: of all that is looked for on it together."""
    pages: dict[str, list[float]] = {}
    figures: dict[str, float] = {}
    for case, call in CALLS.items():
        for rows, times in measured(call).items():
            figures[label(case, rows)] = p95(times)
            pages.setdefault(label(page_of(case), rows), []).extend(times)
    return {name: p95(times) for name, times in pages.items()} | figures


def page_of(case: str) -> str:
    """The hall, the directory, or a search in either: words are what people type into the same field."""
    page = case.partition(",")[0]
    return f"search in the {page}" if "word" in case else f"the {page}"


def p95(times: list[float]) -> float:
    return sorted(times)[int(0.95 * len(times))]


def measured(call: Call) -> dict[int, list[float]]:
    works = {rows: partial(call, str(rows), rows) for rows in (SMALL, LARGE)}
    took: dict[int, list[float]] = {rows: [] for rows in works}
    for turn in range(WARM_UP + TIMES):
        for rows, work in works.items():
            milliseconds = timed(work, turn)
            if turn >= WARM_UP:
                took[rows].append(milliseconds)
    return took


def timed(work: partial, turn: int) -> float:
    look = work(turn)
    started = time.perf_counter()
    look()
    return (time.perf_counter() - started) * 1000


def label(case: str, rows: int) -> str:
    return f"{case}, {rows:,}"


# What "flat" is held to (docs/adr/0014-what-flat-means.md): 1.5 for each page, and for each list but for these, whose
# hits grow with the market: more of them fill a page, and more are sorted for it.
GROW = {
    **dict.fromkeys(
        (f"{page}, rare {tongue} word" for page in ("hall", "directory") for tongue in ("English", "Chinese")), 4.5
    ),
    "directory, price of a form": 2.2,
    "directory, English word of one in 150": 1.9,
    "directory, category, platform, region": 1.8,
    "hall, currency, fee, region, language": 1.7,
}
NAMES = [*dict.fromkeys(page_of(case) for case in CALLS), *CALLS]
GOALS = {name: AtMost(GROW.get(name, 1.5), label(name, LARGE), label(name, SMALL)) for name in NAMES}
SUITE = Suite("Market, p95 in ms", one_round, GOALS, prepare)
