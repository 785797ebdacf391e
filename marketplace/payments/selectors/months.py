"""Months as statements have them."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from marketplace.core import clock


def month_of(text: str, zone: str) -> tuple[datetime, datetime]:
    """From the first instant of a month to that of the next, where the party lives; nonsense is this month."""
    try:
        first = date.fromisoformat(f"{text}-01")
        following = (first + timedelta(days=32)).replace(day=1)
    except (ValueError, OverflowError):
        first = clock.today(zone).replace(day=1)
        following = (first + timedelta(days=32)).replace(day=1)
    return clock.start_of(first, zone).astimezone(ZoneInfo(zone)), clock.start_of(following, zone)
