"""While the past is told, the sweep of the worker leaves its timers alone."""

from datetime import timedelta

import pytest
from django.db import transaction

from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.core.ids import new_id
from marketplace.core.models import Delivery, Timer
from marketplace.core.outbox import relay as relay_module
from marketplace.core.record import record
from marketplace.core.tasks import fire_timers, relay_outbox
from marketplace.core.timers import fire as fire_module
from marketplace.core.timers.hold import sweep_held, sweep_is_held
from marketplace.core.timers.schedule import schedule
from marketplace.notifications.events import MailQueued
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


def test_events_of_the_past_wait_for_their_teller_and_those_of_today_do_not(committed_db, monkeypatch):
    claimed = []
    monkeypatch.setattr(relay_module, "deliver", claimed.append)
    past, today = recorded(timedelta(days=3)), recorded(timedelta())
    with sweep_held():
        race(relay_outbox)
        assert claimed == [today]
    race(relay_outbox)
    assert claimed == [today, past]


def recorded(ago: timedelta) -> int:
    with transaction.atomic(), clock.shifted(-ago):
        event = record(MailQueued(aggregate=new_id("eml")), by=Actor.system("test"))
    return Delivery.objects.get(event_id=event).pk
