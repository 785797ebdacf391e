"""Five hundred top-ups and refunds while worker, pages, PostgreSQL, Valkey and bank are killed in turn."""

import os
from collections.abc import Iterator

import pytest

from tests.support.chaos import RECOVERY, both_books, settle, traffic_under_fire
from tests.support.stack import Stack

pytestmark = pytest.mark.timeout(3000)
ROUNDS = int(os.environ.get("TORTURE_ROUNDS", "500"))


@pytest.fixture
def own_stack() -> Iterator[Stack]:
    stack = Stack(19_800)
    stack.start()
    yield stack
    stack.stop()


def test_nothing_is_lost_and_nothing_is_doubled(own_stack):
    outcome = traffic_under_fire(own_stack, rounds=ROUNDS, pause=2.0)
    assert outcome.failed == []
    assert settle(own_stack) == ""
    expected = ROUNDS * 10_000 - sum("refund" in done for done in outcome.done) * 4_000
    assert both_books(own_stack) == (expected, expected)
    assert own_stack.manage("check_invariants").returncode == 0
    for name, times in outcome.recovered.items():
        times.sort()
        assert times[len(times) // 2] <= 2 * RECOVERY[name], (name, times)
