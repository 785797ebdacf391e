"""The one place that asks what time it is, so that tests and drills travel."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo


def now() -> datetime:
    """The instant, aware, in UTC."""
    return datetime.now(UTC)  # noqa: TID251  this is that place


def today(zone: str = "UTC") -> date:
    return now().astimezone(ZoneInfo(zone)).date()


def in_(**length: float) -> datetime:
    """`in_(hours=72)` from now."""
    return now() + timedelta(**length)
