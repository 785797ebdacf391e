"""What must always be true. The same checks run after every database test, in a beat task and by hand."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Violation:
    invariant: str
    what: str


Check = Callable[[], Iterable[str]]
_checks: dict[str, Check] = {}


def invariant(check: Check) -> Check:
    """Register a function of an app's `invariants.py` that yields one sentence per violation."""
    _checks[f"{check.__module__}.{check.__name__}"] = check
    return check


def violations() -> list[Violation]:
    """Run every check against the database as it is."""
    return [Violation(name, what) for name, check in sorted(_checks.items()) for what in check()]
