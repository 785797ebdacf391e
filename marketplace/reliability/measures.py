"""What is measured of a party. Each app says in a `measured.py` what of its moments is observed; this one knows none.

An observation is one thing that a party did or left undone (`subject`), from a moment at which it began to wait for the
party to the moment at which that ended. Both were recorded by the platform when they happened; nobody declares them.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from django.utils.functional import Promise

WINDOW = timedelta(days=180)  # an observation counts from the moment it ended for so long
LEAST = 3  # below it one can tell which deal it was, and a median says nothing

Words = str | Promise


class By(StrEnum):
    """How observations become one value."""

    MEDIAN = "median"  # of the hours, of those that have an answer
    SHARE_MET = "share_met"  # in whole percent of all
    SHARE_MISSED = "share_missed"  # in whole percent of all
    COUNT_MISSED = "count_missed"


@dataclass(frozen=True, slots=True)
class Figure:
    """One value of the record. `label` names it, `rule` says in a sentence how it is counted; `place` orders them."""

    name: str
    by: By
    label: Words
    rule: Words
    place: int


@dataclass(frozen=True, slots=True)
class Source:
    """A kind of observation.

    `sql` selects, of the party `%(party)s`, `subject, place, title, other_id, began_at, ended_at, timed, missed`:
    public ids of what is observed and of the page that it stands on, its title, the other side's key, the two moments,
    whether the time between them is an answer's, and whether it was missed. `page` is the route that shows `place`;
    `%(since)s` may narrow what is read. `counted` says how many there are; `met` and `missed` what came of one.
    """

    name: str
    kinds: frozenset[str]
    page: str
    title: Words
    counted: Words
    met: Words
    missed: Words
    figures: tuple[Figure, ...]
    sql: str


_sources: dict[str, Source] = {}


def observed(
    name: str,
    *,
    kinds: frozenset[str],
    page: str,
    title: Words,
    counted: Words,
    met: Words,
    missed: Words,
    figures: tuple[Figure, ...],
) -> Callable[[Callable[[], str]], Callable[[], str]]:
    """Register a function that gives the statement of a source; its docstring is the rule in full."""

    def register(statement: Callable[[], str]) -> Callable[[], str]:
        _sources[name] = Source(name, kinds, page, title, counted, met, missed, figures, statement())
        return statement

    return register


def sources_of(kind: str) -> list[Source]:
    """What is observed of parties of this kind."""
    return [source for source in _sources.values() if kind in source.kinds]


def source_of(kind: str, name: str) -> Source | None:
    source = _sources.get(name)
    return source if source is not None and kind in source.kinds else None
