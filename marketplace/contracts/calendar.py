"""Business days of a contract's own calendar and time zone, both frozen when it was signed.

Holidays come from the `holidays` package, working days in exchange for them (China's 调休) included.
"""

from datetime import datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import holidays


def after_business_days(start: datetime, days: int, *, calendar: str, zone: str) -> datetime:
    """The same local time `days` business days later. A start on a day off counts from the next business day.

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
    return datetime.combine(day, local.timetz().replace(tzinfo=None), ZoneInfo(zone))


@cache
def _calendar(country: str) -> holidays.HolidayBase:
    return holidays.country_holidays(country)
