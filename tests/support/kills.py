"""The plug pulled at one named point (`core/faults`): what runs there dies as a process would, and somebody goes on."""

import os
from collections.abc import Callable, Iterable
from typing import TypeVar

import pytest

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


Walk = Callable[..., tuple[Killer, R]]  # walk(journey) or walk(journey, killer)
Undisturbed = dict[Callable, tuple[list[str], R]]  # by journey: the points that it passes, and where it ends
each_by_itself = pytest.mark.skipif("TORTURE" not in os.environ, reason="each point by itself takes minutes")


def undisturbed_walks(
    walk: Walk[R], journeys: Iterable[Callable], is_killed_here: Callable[[str], bool] = lambda _point: True
) -> Undisturbed[R]:
    walked = {journey: walk(journey) for journey in journeys}
    return {
        journey: ([point for point in dict.fromkeys(killer.passed) if is_killed_here(point)], outcome)
        for journey, (killer, outcome) in walked.items()
    }


def killed_everywhere(walk: Walk[R], undisturbed: Undisturbed[R], journey: Callable) -> None:
    """On one walk, once at each point that no earlier journey passes; what the deaths keep from being passed, alone."""
    points, expected = undisturbed[journey]
    earlier = list(undisturbed)[: list(undisturbed).index(journey)]
    fresh = set(points).difference(*(undisturbed[one][0] for one in earlier))
    killer, after = walk(journey, Massacre(fresh.__contains__))
    assert after == expected
    for point in sorted(fresh - killer.struck_at):
        killed_at(walk, journey, point, expected)


def killed_at_each(walk: Walk[R], undisturbed: Undisturbed[R], journey: Callable) -> None:
    points, expected = undisturbed[journey]
    for point in points:
        killed_at(walk, journey, point, expected)


def killed_at(walk: Walk[R], journey: Callable, point: str, expected: R) -> None:
    killer, after = walk(journey, Killer(point))
    assert killer.struck, point
    assert after == expected, point
