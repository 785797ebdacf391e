"""The plug pulled at one named point (`core/faults`): what runs there dies as a process would, and somebody goes on."""

from collections.abc import Callable
from typing import TypeVar

R = TypeVar("R")


class Killed(BaseException):
    """Not an Exception: nothing in the program may catch it and carry on."""


class Killer:
    """A hook that remembers every point and dies at `target`, once. `patience`: rounds for those who go on."""

    patience = 4

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
    """What the next process does: the same once more, however often one dies."""
    while True:
        try:
            return step()
        except Killed:
            continue


class Massacre(Killer):
    """Dies at every point that `strikes`, once each: as many deaths in one walk as there are points."""

    patience = 9

    def __init__(self, strikes: Callable[[str], bool]) -> None:
        super().__init__()
        self.strikes = strikes
        self.struck_at: set[str] = set()

    def __call__(self, point: str) -> None:
        self.passed.append(point)
        if self.strikes(point) and point not in self.struck_at:
            self.struck_at.add(point)
            raise Killed(point)
