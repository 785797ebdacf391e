"""When a quiet night ends. Pure."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo


def quiet_until(now: datetime, begins: time, ends: time, zone: str) -> datetime | None:
    """The end of the quiet hours that `now` lies in, or None outside of them. They may reach over midnight."""
    here = now.astimezone(ZoneInfo(zone))
    clock, night = here.time(), begins > ends
    inside = (clock >= begins or clock < ends) if night else begins <= clock < ends
    if not inside:
        return None
    day = here.date() + timedelta(days=1) if night and clock >= begins else here.date()
    return datetime.combine(day, ends, ZoneInfo(zone))
