"""Which function a kind of timer calls: `function(aggregate, actor)`, inside the transaction that marks it fired."""

from collections.abc import Callable

from marketplace.core.actor import Actor

TimerFunction = Callable[[str, Actor], None]
_kinds: dict[str, TimerFunction] = {}


def on_timer(kind: str) -> Callable[[TimerFunction], TimerFunction]:
    def register(function: TimerFunction) -> TimerFunction:
        _kinds[kind] = function
        return function

    return register


def function_of(kind: str) -> TimerFunction:
    return _kinds[kind]


def kinds() -> list[str]:
    return sorted(_kinds)
