"""What a figure is counted from, one by one: for the party itself, struck out or not."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.core import signing
from django.db import connection

from marketplace.accounts.models import Party
from marketplace.core import clock
from marketplace.core.errors import NotFound
from marketplace.reliability.measures import WINDOW, Source, source_of
from marketplace.reliability.selectors.figures import HOUR, union_of

SEEN = """
SELECT observed.subject, observed.place, observed.title, observed.other_id, other.name, observed.began_at,
    observed.ended_at, observed.timed, observed.missed, strike.reason
FROM ({observed}) AS observed
JOIN accounts_party AS other ON other.id = observed.other_id
LEFT JOIN reliability_strike AS strike ON strike.source = observed.source AND strike.subject = observed.subject
WHERE observed.ended_at >= %(since)s {narrowed}
ORDER BY observed.ended_at DESC, observed.subject DESC
LIMIT %(limit)s
"""
AFTER = "AND (observed.ended_at, observed.subject) < (%(ended_at)s, %(subject)s)"
ONE = "AND observed.subject = %(subject)s"
PAGE = 25
SALT = "observations"


@dataclass(frozen=True, slots=True)
class Observation:
    """`place` is the public id of the application or contract that it stands on; `struck`, why it does not count."""

    subject: str
    place: str
    title: str
    other_id: int
    other: str
    began_at: datetime
    ended_at: datetime
    timed: bool
    missed: bool
    struck: str | None

    @property
    def hours(self) -> float | None:
        """From one moment to the other; None where the time between is nobody's answer."""
        return round((self.ended_at - self.began_at).total_seconds() / HOUR, 1) if self.timed else None


@dataclass(frozen=True, slots=True)
class Observed:
    """One page, the newest first; `after` is the cursor of the next one, empty on the last."""

    rows: Sequence[Observation]
    after: str


def get_source(party: Party, name: str) -> Source:
    """Raises NotFound for what is not observed of such a party."""
    source = source_of(party.kind, name)
    if source is None:
        raise NotFound
    return source


def list_observations(party: Party, source: Source, *, cursor: str = "") -> Observed:
    """A cursor that is not ours is the first page."""
    known = _read(cursor)
    rows = _seen(party, source, AFTER if known else "", known, limit=PAGE + 1)
    last = rows[PAGE - 1] if len(rows) > PAGE else None
    after = signing.dumps([last.ended_at.isoformat(), last.subject], salt=SALT) if last else ""
    return Observed(rows[:PAGE], after)


def get_observation(party: Party, source: Source, subject: str) -> Observation:
    """One that is counted, or was. Raises NotFound for another party's, and for what is too old to count."""
    rows = _seen(party, source, ONE, {"subject": subject}, limit=1)
    if not rows:
        raise NotFound
    return rows[0]


def _seen(party: Party, source: Source, narrowed: str, known: dict[str, object], *, limit: int) -> list[Observation]:
    statement = SEEN.format(observed=union_of([source]), narrowed=narrowed)
    with connection.cursor() as cursor:
        cursor.execute(statement, {"party": party.pk, "since": clock.now() - WINDOW, "limit": limit} | known)
        return [Observation(*row) for row in cursor.fetchall()]


def _read(cursor: str) -> dict[str, object]:
    try:
        ended_at, subject = signing.loads(cursor, salt=SALT)
        return {"ended_at": datetime.fromisoformat(ended_at), "subject": subject}
    except (signing.BadSignature, ValueError, TypeError):
        return {}
