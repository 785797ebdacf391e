"""Money in any order, at a provider that misbehaves, in a program that dies (`tests/support/money_machine/`): a few
short examples, the same each time; ten thousand steps of it are in tests/torture."""

from collections import Counter

import pytest
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.support.money_machine.house import built
from tests.support.money_machine.machine import machine_of
from tests.support.money_machine.weather import NO_TIME_LOST
from tests.support.sides import SIDES

EXAMPLES, STEPS, SEED = 2, 30, 31


@pytest.mark.timeout(300)
@pytest.mark.parametrize("side", SIDES, ids=lambda side: side.name)
def test_nothing_is_lost_or_doubled_in_any_order(django_db_setup, django_db_blocker, bank_process, side):
    tally: Counter[str] = Counter()
    with django_db_blocker.unblock(), built(side(bank_process)) as house:
        run_state_machine_as_test(
            seed(SEED)(machine_of(house, tally, NO_TIME_LOST)),
            settings=settings(
                max_examples=EXAMPLES,
                phases=[Phase.generate, Phase.shrink],
                stateful_step_count=STEPS,
                database=None,
                deadline=None,
                print_blob=True,
                suppress_health_check=list(HealthCheck),
            ),
        )
    assert tally["recovered"] >= EXAMPLES
    assert tally["done"] > tally["steps"] // 2
    assert tally["killed"] > 0 < tally["faults"]
