"""State machines as data: a table of moves, exhaustively testable and drawable."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from marketplace.core.errors import IllegalTransition


@dataclass(frozen=True, slots=True)
class Transition:
    """One move: `name` takes a subject from any of `sources` to `target`. `by` says who may, in the domain's words.

    `guard` sees the subject and returns whether the move is possible now.
    """

    name: str
    sources: tuple[StrEnum, ...]
    target: StrEnum
    by: tuple[str, ...] = ()
    guard: Callable[[Any], bool] | None = None


@dataclass(frozen=True, slots=True)
class Move:
    """What happened: kept with the event."""

    name: str
    source: str
    target: str


@dataclass(frozen=True)
class Machine:
    """`states` and the moves between them for everything that has a `state` (or `attribute`) column."""

    name: str
    states: type[StrEnum]
    initial: StrEnum
    transitions: tuple[Transition, ...]
    attribute: str = "state"
    _by_name: dict[str, list[Transition]] = field(default_factory=dict, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        for transition in self.transitions:
            self._by_name.setdefault(transition.name, []).append(transition)

    def fire(self, subject: Any, name: str) -> Move:
        """Move `subject`, which the caller has locked and will save.

        Raises IllegalTransition when the table has no such move from its state, or the guard says no.
        """
        source = getattr(subject, self.attribute)
        transition = self.find(source, name)
        if transition is None or (transition.guard is not None and not transition.guard(subject)):
            raise IllegalTransition(machine=self.name, state=str(source), transition=name)
        setattr(subject, self.attribute, transition.target.value)
        return Move(name=name, source=str(source), target=transition.target.value)

    def find(self, source: str, name: str) -> Transition | None:
        for transition in self._by_name.get(name, ()):
            if source in transition.sources:
                return transition
        return None

    def can(self, subject: Any, name: str) -> bool:
        transition = self.find(getattr(subject, self.attribute), name)
        return transition is not None and (transition.guard is None or transition.guard(subject))

    @property
    def final_states(self) -> set[str]:
        leaving = {source for transition in self.transitions for source in transition.sources}
        return {state.value for state in self.states} - {source.value for source in leaving}


def values(states: Iterable[StrEnum]) -> list[str]:
    """For a column's CHECK constraint."""
    return [state.value for state in states]
