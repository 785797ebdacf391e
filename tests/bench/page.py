"""A page of a list, whole and anonymous, from request to bytes in process: our hall beside the catalogue of
django-oscar, which shows as many rows. Request by request in turn; milliseconds of the middle one. Ours is of the
large market.
"""

import os
import statistics
import time

from django.conf import settings
from django.db import connections
from django.test import Client

from tests.bench import market
from tests.bench.oscar import Oscar
from tests.bench.report import AtMost, Suite

TIMES = int(os.environ.get("BENCH_PAGES", "60"))
WARM_UP = 5
OURS, THEIRS = "our hall", "django-oscar's catalogue"
GOALS = {f"{OURS} / {THEIRS}": AtMost(0.2, OURS, THEIRS)}
peer: list[Oscar] = []


def prepare() -> None:
    market.prepare()
    settings.ALLOWED_HOSTS = ["testserver"]
    large = connections.databases[str(market.LARGE)]
    connections["default"].close()
    connections["default"].settings_dict.update(NAME=large["NAME"])
    peer.append(Oscar())


def one_round() -> dict[str, float]:
    client, took = Client(), {OURS: [], THEIRS: []}
    for turn in range(WARM_UP + TIMES):
        for name, draw in ((OURS, lambda: hall(client)), (THEIRS, peer[0].page)):
            milliseconds = draw()
            if turn >= WARM_UP:
                took[name].append(milliseconds)
    return {name: statistics.median(times) for name, times in took.items()}


def hall(client: Client) -> float:
    started = time.perf_counter()
    response = client.get("/tasks/")
    took = (time.perf_counter() - started) * 1000
    if response.status_code != 200 or response.content.count(b"/tasks/vtk_") < 24:
        raise RuntimeError(f"{response.status_code}: not a whole page")
    return took


SUITE = Suite("A page of a list, median ms", one_round, GOALS, prepare)
