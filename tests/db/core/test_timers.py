"""A timer fires once, and one that sets itself anew fires again."""

from datetime import timedelta

import time_machine
from django.db import transaction

from marketplace.core import clock
from marketplace.core.models import Timer
from marketplace.core.timers import fire as fire_module
from marketplace.core.timers.fire import fire_due
from marketplace.core.timers.schedule import schedule


def test_a_timer_that_sets_itself_anew_fires_again(committed_db, monkeypatch):
    begun, heard = clock.now(), []

    def every_hour(aggregate: str, actor) -> None:
        heard.append(aggregate)
        schedule("test.kind", aggregate, due_at=clock.now() + timedelta(hours=1))

    monkeypatch.setattr(fire_module, "function_of", lambda kind: every_hour)
    with transaction.atomic():
        schedule("test.kind", "abc", due_at=begun)
    for hour in range(3):
        with time_machine.travel(begun + timedelta(hours=hour), tick=False):
            fire_due()
    assert heard == ["abc", "abc", "abc"]
    assert sorted(Timer.objects.values_list("state", flat=True)) == ["fired", "fired", "fired", "pending"]


def test_one_whose_function_fails_stays_pending_and_is_put_off(committed_db, monkeypatch):
    def fails(aggregate: str, actor) -> None:
        raise ValueError

    monkeypatch.setattr(fire_module, "function_of", lambda kind: fails)
    begun = clock.now()
    with transaction.atomic():
        timer = schedule("test.kind", "abc", due_at=begun)
    assert fire_due() == 0
    timer.refresh_from_db()
    assert (timer.state, timer.attempts, timer.fired_at) == ("pending", 1, None)
    assert timer.due_at > begun
