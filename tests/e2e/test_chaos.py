"""A short round of what `make torture` does for longer: kill -9 of each part while money moves."""

from collections.abc import Iterator

import pytest

from tests.support.chaos import RECOVERY, both_books, settle, traffic_under_fire
from tests.support.stack import Stack

pytestmark = pytest.mark.timeout(400)
ROUNDS = 20


@pytest.fixture
def own_stack() -> Iterator[Stack]:
    stack = Stack(19_400)
    stack.start()
    yield stack
    stack.stop()


def test_every_top_up_and_refund_has_its_effect_once_whatever_is_killed(own_stack):
    outcome = traffic_under_fire(own_stack, rounds=ROUNDS, pause=1.0)
    assert outcome.failed == []
    assert len(outcome.done) == ROUNDS
    assert settle(own_stack) == ""
    expected = ROUNDS * 10_000 - sum("refund" in done for done in outcome.done) * 4_000
    assert both_books(own_stack) == (expected, expected)
    checked = own_stack.manage("check_invariants")
    assert checked.returncode == 0, checked.stderr
    for name, times in outcome.recovered.items():
        assert all(seconds < 4 * RECOVERY[name] for seconds in times), (name, times)
