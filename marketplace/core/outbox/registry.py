"""Which functions react to which event."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from marketplace.core.domain_event import DomainEvent

F = TypeVar("F", bound=Callable[..., None])


@dataclass(frozen=True, slots=True)
class Handler:
    """`function(event_row)`. One that reaches outside runs with no transaction open and is marked done afterwards;
    the others run in the same transaction that marks them done, so their effect happens exactly once."""

    name: str
    function: Callable[..., None]
    reaches_outside: bool


_handlers: dict[str, Handler] = {}
_by_event: dict[str, list[str]] = {}


def handles(*events: type[DomainEvent], reaches_outside: bool = False) -> Callable[[F], F]:
    """Register a function of an app's `handlers.py` for one or more events."""

    def register(function: F) -> F:
        name = f"{function.__module__}.{function.__name__}"
        _handlers[name] = Handler(name, function, reaches_outside)
        for event in events:
            names = _by_event.setdefault(event.name, [])
            if name not in names:
                names.append(name)
        return function

    return register


def handlers_of(event_name: str) -> list[str]:
    return _by_event.get(event_name, [])


def handler(name: str) -> Handler:
    """Raises KeyError for a handler that the code no longer has."""
    return _handlers[name]
