"""Lists as in `market`, by the blocks that PostgreSQL touches, which no other program on the machine disturbs."""

import json
from collections.abc import Callable
from typing import Any

from django.db import connections

from tests.bench.market import LARGE, SMALL, label, prepare
from tests.bench.market_calls import CALLS, Call
from tests.bench.report import AtMost, Suite

TURNS = 40


def one_round() -> dict[str, float]:
    return {
        label(case, rows): sorted(touched(str(rows), call, turn) for turn in range(TURNS))[int(0.95 * TURNS)]
        for case, call in CALLS.items()
        for rows in (SMALL, LARGE)
    }


def touched(alias: str, call: Call, turn: int) -> int:
    """Blocks of all that one call asks, the planner's not counted."""
    look, total = call(alias, int(alias), turn), 0

    def explained(execute: Callable, sql: str, params: Any, many: bool, context: dict) -> Any:
        nonlocal total
        with connections[alias].connection.cursor() as beside:
            beside.execute("EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) " + sql, params)
            answer = beside.fetchone()[0]
        plan = (json.loads(answer) if isinstance(answer, str) else answer)[0]["Plan"]
        total += plan["Shared Hit Blocks"] + plan["Shared Read Blocks"]
        return execute(sql, params, many, context)

    connections[alias].ensure_connection()
    with connections[alias].execute_wrapper(explained):
        look()
    return total


GOALS = {case: AtMost(1.5, label(case, LARGE), label(case, SMALL)) for case in CALLS}
SUITE = Suite("Market, p95 in blocks", one_round, GOALS, prepare)
