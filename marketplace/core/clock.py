"""The one place that asks what time it is, so that tests and drills travel."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

_shift: ContextVar[timedelta] = ContextVar("shift", default=timedelta())


def now() -> datetime:
    """The instant, aware, in UTC."""
    return datetime.now(UTC) + _shift.get()  # noqa: TID251  this is that place


@contextmanager
def shifted(length: timedelta) -> Iterator[None]:
    """What happens in here happens so much later (or earlier): for the history of a demo, and for drills."""
    token = _shift.set(length)
    try:
        yield
    finally:
        _shift.reset(token)


def behind() -> timedelta:
    """How far before the real moment `now` is: nought but while a history is told."""
    return -_shift.get()


def today(zone: str = "UTC") -> date:
    return day_of(now(), zone)


def day_of(instant: datetime, zone: str) -> date:
    """The day that it is in a time zone."""
    return instant.astimezone(ZoneInfo(zone)).date()


def in_(**length: float) -> datetime:
    """`in_(hours=72)` from now."""
    return now() + timedelta(**length)


def start_of(day: date, zone: str = "UTC") -> datetime:
    """The first instant of a day in a time zone."""
    return datetime.combine(day, time.min, ZoneInfo(zone)).astimezone(UTC)
