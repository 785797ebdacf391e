"""Answers to programs are kept for 48 hours; what keeps money from moving twice is kept for ever."""

from datetime import timedelta

import pytest
import time_machine
from django.conf import settings

from marketplace.core import clock
from marketplace.core.kept_answers import forget_old_answers
from marketplace.core.models import IdempotentRequest
from marketplace.core.tasks import sweep_old_answers

pytestmark = pytest.mark.django_db


def request(key: str, *, hours: float, status: int | None = 201) -> None:
    at = clock.now() - timedelta(hours=hours)
    IdempotentRequest.objects.create(scope="api", key=key, request_hash="-", result="", at=at, status=status)


def keys() -> list[str]:
    return list(IdempotentRequest.objects.order_by("key").values_list("key", flat=True))


def test_only_old_answers_are_forgotten():
    with time_machine.travel("2026-03-04T12:00:00Z", tick=False):
        request("a-new", hours=1)
        request("b-just-kept", hours=48)
        request("c-too-old", hours=48.001)
        request("d-no-answer", hours=9_000, status=None)
        assert forget_old_answers() == 1
        assert forget_old_answers() == 0
    assert keys() == ["a-new", "b-just-kept", "d-no-answer"]


def test_the_oldest_go_first_and_the_sweep_goes_on_until_none_is_left():
    for hours in (50, 90, 70):
        request(f"{hours}", hours=hours)
    assert forget_old_answers(batch=2) == 2
    assert keys() == ["50"]
    sweep_old_answers()
    assert keys() == []


def test_the_clock_sweeps_every_hour():
    assert settings.CELERY_BEAT_SCHEDULE["sweep-old-answers"] == {"task": sweep_old_answers.name, "schedule": 3600.0}
