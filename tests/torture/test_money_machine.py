"""Ten thousand steps of money without deals, at the test bank and at Stripe, in any order, against every fault of the
provider and a process that is killed at its commits and calls (`tests/support/money_machine/`).

`OPERATIONS=2000 SEED=7` repeats a shorter one. The seed is printed; a failure says with which `@reproduce_failure` its
shortest form comes again, after some minutes of looking for that (`SHRINK=no`: at once, as it was found).
"""

import os
import secrets
from collections import Counter

import pytest
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from marketplace.core import clock
from tests.support.money_machine import weather
from tests.support.money_machine.house import built
from tests.support.money_machine.machine import machine_of
from tests.support.money_machine.report import said
from tests.support.sides import SIDES

OPERATIONS = int(os.environ.get("OPERATIONS", "10000"))
SEED = int(os.environ.get("SEED", "0")) or secrets.randbelow(1_000_000) + 1
SHRINK = [] if os.environ.get("SHRINK") == "no" else [Phase.shrink]
STEPS = 50


@pytest.mark.timeout(7200)
@pytest.mark.parametrize("side", SIDES, ids=lambda side: side.name)
def test_nothing_is_lost_or_doubled_in_thousands_of_steps(
    django_db_setup, django_db_blocker, bank_process, side, capsys
):
    begun, tally = clock.now(), Counter()
    with capsys.disabled():
        print(f"\nseed {SEED} at {side.name}")  # noqa: T201  whoever sees it fail repeats it
    with django_db_blocker.unblock(), built(side(bank_process)) as house:
        try:
            run_state_machine_as_test(
                seed(SEED)(machine_of(house, tally, weather.ALL)),
                settings=settings(
                    max_examples=max(OPERATIONS // len(SIDES) // STEPS, 1),
                    stateful_step_count=STEPS,
                    phases=[Phase.generate, *SHRINK],
                    database=None,
                    deadline=None,
                    print_blob=True,
                    suppress_health_check=list(HealthCheck),
                ),
            )
        finally:
            with capsys.disabled():
                print(said(tally, (clock.now() - begun).total_seconds()))  # noqa: T201
    assert tally["steps"] > OPERATIONS // len(SIDES) // 2
    assert tally["killed"] > tally["steps"] // 200
    assert tally["recovered"] >= tally["examples"]
