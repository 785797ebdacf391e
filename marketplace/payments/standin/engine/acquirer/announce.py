"""Saying what happened. The engine knows what; a dialect has said how each kind of row is written."""

from collections.abc import Callable

from django.db.models import Model

from marketplace.payments.standin.engine import channels, events

_writers: dict[type[Model], Callable[[Model], dict]] = {}


def write_with(model: type[Model], writer: Callable[[Model], dict]) -> None:
    """How rows of this kind look from outside."""
    _writers[model] = writer


def happened(event_type: str, row: Model, *, account: str = "") -> None:
    """Something changed on the platform's account, or on a connected one."""
    channel = channels.CONNECTED if account else channels.ACQUIRER
    events.record(event_type, _writers[type(row)](row), channel=channel, account=account)


def changed(event_type: str, account: str, **what: str) -> None:
    """Something about a connected account changed; whoever hears it comes and looks. `what` is told only then."""
    events.record(event_type, what, channel=channels.THIN, account=account)
