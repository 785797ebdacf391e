"""While the past is told, the sweep of the worker leaves its timers alone."""

from datetime import timedelta

import pytest
from django.db import transaction

from marketplace.core import clock
from marketplace.core.models import Timer
from marketplace.core.tasks import fire_timers
from marketplace.core.timers import fire as fire_module
from marketplace.core.timers.hold import sweep_held, sweep_is_held
from marketplace.core.timers.schedule import schedule
from tests.support.races import race


@pytest.fixture
def due(committed_db, monkeypatch) -> Timer:
    monkeypatch.setattr(fire_module, "function_of", lambda kind: lambda aggregate, actor: None)
    with transaction.atomic():
        return schedule("test.kind", "abc", due_at=clock.now() - timedelta(days=1))


def state_of(timer: Timer) -> str:
    timer.refresh_from_db()
    return timer.state


def test_a_held_sweep_fires_nothing_and_catches_up_afterwards(due):
    with sweep_held():
        assert race(fire_timers, sweep_is_held) == [None, True]
        assert state_of(due) == "pending"
    assert race(sweep_is_held) == [False]
    assert race(fire_timers) == [None]
    assert state_of(due) == "fired"


def test_whoever_tells_it_fires_them_and_a_fault_lets_go(due):
    def tell() -> None:
        with sweep_held():
            assert fire_module.fire_due() == 1
            raise RuntimeError

    with pytest.raises(RuntimeError):
        tell()
    assert state_of(due) == "fired"
    assert race(sweep_is_held) == [False]
