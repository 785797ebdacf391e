"""A party's record: every figure of it in one statement, however many deals there were."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection

from marketplace.accounts.models import Party
from marketplace.core import clock
from marketplace.reliability.measures import LEAST, WINDOW, By, Figure, Source, sources_of

COUNTED = """
SELECT source, count(*), count(*) FILTER (WHERE timed), count(*) FILTER (WHERE missed),
    percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM ended_at - began_at)) FILTER (WHERE timed)
FROM ({observed}) AS observed
WHERE ended_at >= %(since)s AND NOT EXISTS (
    SELECT FROM reliability_strike AS strike
    WHERE strike.source = observed.source AND strike.subject = observed.subject
)
GROUP BY source
"""
HOUR = 3600
STATUS = "measured"


@dataclass(frozen=True, slots=True)
class Reading:
    """A figure of one party. `value` is hours (one decimal), whole percent or a number, None below the floor of
    observations; `missed` of `observations` were missed.
    """

    source: Source
    figure: Figure
    observations: int
    missed: int
    value: float | int | None
    status: str = STATUS

    @property
    def is_enough(self) -> bool:
        return self.value is not None

    @property
    def is_median(self) -> bool:
        return self.figure.by == By.MEDIAN

    @property
    def is_share(self) -> bool:
        return self.figure.by in {By.SHARE_MET, By.SHARE_MISSED}


@dataclass(frozen=True, slots=True)
class Record:
    """Of the last 180 days."""

    readings: Sequence[Reading]

    @property
    def is_empty(self) -> bool:
        return not any(one.observations for one in self.readings)

    def of(self, name: str) -> Reading | None:
        """The figure of that name, if there is enough to say it."""
        return next((one for one in self.readings if one.figure.name == name and one.is_enough), None)


def record_of(party: Party) -> Record:
    sources = sources_of(party.kind)
    counted = _count(party, sources) if sources else {}
    readings = [
        _read(source, figure, *counted.get(source.name, (0, 0, 0, None)))
        for source in sources
        for figure in source.figures
    ]
    return Record(sorted(readings, key=lambda one: one.figure.place))


def union_of(sources: Sequence[Source]) -> str:
    """All their observations in one table, each with its source."""
    return " UNION ALL ".join(
        f"SELECT '{source.name}' AS source, seen.* FROM ({source.sql}) AS seen"  # noqa: S608  from constants
        for source in sources
    )


def _count(party: Party, sources: Sequence[Source]) -> dict[str, tuple[int, int, int, float | None]]:
    with connection.cursor() as cursor:
        statement = COUNTED.format(observed=union_of(sources))
        cursor.execute(statement, {"party": party.pk, "since": clock.now() - WINDOW})
        return {source: tuple(rest) for source, *rest in cursor.fetchall()}


def _read(source: Source, figure: Figure, count: int, timed: int, missed: int, seconds: float | None) -> Reading:
    seen = timed if figure.by == By.MEDIAN else count
    if seen < LEAST:
        return Reading(source, figure, seen, missed, None)
    values = {
        By.MEDIAN: lambda: round(float(seconds) / HOUR, 1),
        By.SHARE_MET: lambda: round(100 * (count - missed) / count),
        By.SHARE_MISSED: lambda: round(100 * missed / count),
        By.COUNT_MISSED: lambda: missed,
    }
    return Reading(source, figure, seen, missed, values[figure.by]())
