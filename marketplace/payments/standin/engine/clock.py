"""The bank's time. Every other module asks here, so that a test can put the whole bank a day ahead."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime, timedelta

from django.db import transaction
from django.db.models import F

from marketplace.payments.standin.models import ClockOffset

_ago: ContextVar[timedelta] = ContextVar("ago", default=timedelta())


def wall() -> datetime:
    """Real time. For what must agree with other machines: signatures, and claims of a sender that may die."""
    return datetime.fromtimestamp(time.time(), tz=UTC)


def now() -> datetime:
    """The bank's time: the wall's, plus however far it was advanced, less how long ago it is that is told."""
    return present() - _ago.get()


def present() -> datetime:
    """The bank's time, whatever past is told."""
    return wall() + ahead()


@contextmanager
def past(ago: timedelta) -> Iterator[None]:
    """What happens in here happened so long ago: for the history of a demo."""
    token = _ago.set(ago)
    try:
        yield
    finally:
        _ago.reset(token)


def is_past() -> bool:
    return bool(_ago.get())


def ahead() -> timedelta:
    """How far the bank runs ahead of the wall."""
    row = ClockOffset.objects.filter(pk=1).first()
    return timedelta(seconds=row.seconds if row else 0)


def advance(seconds: int) -> datetime:
    """Let `seconds` pass at once; what fell due meanwhile is done by the worker."""
    with transaction.atomic():
        ClockOffset.objects.get_or_create(pk=1)
        ClockOffset.objects.filter(pk=1).update(seconds=F("seconds") + seconds)
    return now()
