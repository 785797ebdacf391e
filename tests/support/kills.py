"""The plug pulled at one named point (`core/faults`): what runs there dies as a process would, and somebody goes on."""

from collections.abc import Callable
from typing import TypeVar

R = TypeVar("R")


class Killed(BaseException):
    """Not an Exception: nothing in the program may catch it and carry on."""


class Killer:
    """A hook that remembers every point and dies at `target`, once."""

    def __init__(self, target: str = "") -> None:
        self.target = target
        self.passed: list[str] = []
        self.struck = False

    def __call__(self, point: str) -> None:
        self.passed.append(point)
        if point == self.target and not self.struck:
            self.struck = True
            raise Killed(point)


def again(step: Callable[[], R]) -> R:
    """What the next process does: the same once more."""
    try:
        return step()
    except Killed:
        return step()
