"""Business days of a contract's own calendar and time zone, both frozen when it was signed.

Holidays come from the `holidays` package, working days in exchange for them (China's 调休) included.
"""

from datetime import UTC, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import holidays


def after_business_days(start: datetime, days: int, *, calendar: str, zone: str) -> datetime:
    """The same local time `days` business days later, in UTC; after a start on a day off the next one is the first.

    In UTC, for whoever takes 24 hours from a local time takes 23 or 25 when summer time begins or ends in between.
    `calendar` is a country's ISO 3166 code. Raises NotImplementedError for one that has no calendar.
    """
    local = start.astimezone(ZoneInfo(zone))
    known = _calendar(calendar)
    day = local.date()
    left = days
    while left:
        day += timedelta(days=1)
        if known.is_working_day(day):
            left -= 1
    return datetime.combine(day, local.time(), ZoneInfo(zone)).astimezone(UTC)


@cache
def _calendar(country: str) -> holidays.HolidayBase:
    return holidays.country_holidays(country)
