from dataclasses import dataclass
from datetime import timedelta

import pytest
import time_machine

from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.core.domain_event import DomainEvent
from marketplace.core.models import Delivery, Event
from marketplace.core.outbox import registry
from marketplace.core.outbox.relay import LEASE, MAX_ATTEMPTS, backoff, claim, relay, retry_dead
from marketplace.core.record import record, record_all
from marketplace.core.tx import use_case
from marketplace.payments.flows.submit import KEY_LIFE
from tests.support.races import race
from tests.support.relay import due_now


@dataclass(frozen=True, kw_only=True)
class Rang(DomainEvent):
    aggregate: str


Rang.name = "test.rang"  # not in the program's own register of events


@pytest.fixture
def heard(monkeypatch) -> list[str]:
    """A handler inside the transaction, and one that reaches outside."""
    calls: list[str] = []
    monkeypatch.setattr(registry, "_handlers", dict(registry._handlers))
    monkeypatch.setattr(registry, "_by_event", dict(registry._by_event))

    def inside(event: Event) -> None:
        calls.append(f"inside {event.aggregate}")

    def outside(event: Event) -> None:
        calls.append(f"outside {event.aggregate}")

    registry.handles(Rang)(inside)
    registry.handles(Rang, reaches_outside=True)(outside)
    return calls


@use_case
def ring(aggregate: str) -> None:
    record(Rang(aggregate=aggregate), by=Actor.system("test"))


@pytest.mark.django_db
def test_events_of_one_thing_are_numbered_and_each_handler_hears_each_once(heard):
    ring("bell")
    ring("bell")
    assert list(Event.objects.filter(aggregate="bell").values_list("seq", flat=True)) == [1, 2]
    assert relay() == 4
    assert relay() == 0
    assert sorted(heard) == ["inside bell"] * 2 + ["outside bell"] * 2


@pytest.mark.django_db
def test_events_of_many_things_at_once_are_numbered_each_in_its_own(heard):
    ring("bell")
    use_case(record_all)([Rang(aggregate="bell"), Rang(aggregate="gong")], by=Actor.system("test"))
    use_case(record_all)([], by=Actor.system("test"))
    assert list(Event.objects.order_by("aggregate", "seq").values_list("aggregate", "seq", "label")) == [
        ("bell", 1, "test"),
        ("bell", 2, "test"),
        ("gong", 1, "test"),
    ]
    assert relay() == 6
    assert sorted(heard) == ["inside bell"] * 2 + ["inside gong"] + ["outside bell"] * 2 + ["outside gong"]


def test_four_relays_at_once_deliver_each_once(committed_db, heard):
    for number in range(20):
        ring(f"bell {number}")
    race(*[relay] * 4)
    assert len(heard) == len(set(heard)) == 40


@pytest.mark.django_db
def test_a_relay_that_died_with_its_lease_is_followed_by_another(heard):
    ring("bell")
    assert len(claim(10)) == 2  # … and then the process is gone
    assert relay() == 0
    with time_machine.travel(clock.now() + LEASE + timedelta(seconds=1)):
        assert relay() == 2
    assert len(heard) == 2


@pytest.mark.django_db
def test_a_failing_handler_is_put_off_ends_as_a_dead_letter_and_can_be_retried(heard, monkeypatch):
    ring("bell")
    name = next(n for n in registry.handlers_of("test.rang") if n.endswith("outside"))

    def fails(event: Event) -> None:
        raise RuntimeError("password=hunter2 does not open this")

    good = registry._handlers[name]
    registry._handlers[name] = registry.Handler(name, fails, reaches_outside=True)
    for _ in range(MAX_ATTEMPTS):
        due_now()
        relay()
    dead = Delivery.objects.get(handler=name)
    assert (dead.state, dead.attempts) == ("dead", MAX_ATTEMPTS)
    assert "hunter2" not in dead.error
    assert heard == ["inside bell"]  # the other handler was not held up
    registry._handlers[name] = good
    retry_dead(dead.pk)
    relay()
    assert "outside bell" in heard


@pytest.mark.django_db
def test_an_event_of_a_use_case_that_failed_was_never_there(heard):
    @use_case
    def rings_and_fails() -> None:
        record(Rang(aggregate="bell"), by=Actor.system("test"))
        raise RuntimeError

    with pytest.raises(RuntimeError):
        rings_and_fails()
    assert not Event.objects.filter(aggregate="bell").exists()
    assert relay() == 0


def test_it_tries_for_longer_than_a_provider_remembers_a_key():
    """A provider repeats the fault that it answered, under the same key, until it has forgotten that."""
    waits = sum((backoff(attempts) for attempts in range(1, MAX_ATTEMPTS)), timedelta())
    assert max(KEY_LIFE, timedelta(hours=24)) < waits < timedelta(hours=26)
