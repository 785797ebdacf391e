"""Business days over weekends, holidays, working days in exchange, and the nights when summer time begins or ends."""

from datetime import UTC, datetime, timedelta

import pytest

from marketplace.contracts.calendar import after_business_days

SHANGHAI, BERLIN, NEW_YORK = ("CN", "Asia/Shanghai"), ("DE", "Europe/Berlin"), ("US", "America/New_York")
# (where, from, business days, the same local time in UTC)
CASES = {
    "within a week": (SHANGHAI, "2026-06-01T10:00+08:00", 3, "2026-06-04T02:00"),
    "over a weekend": (SHANGHAI, "2026-06-05T10:00+08:00", 3, "2026-06-10T02:00"),
    "from a Saturday, Monday is the first": (SHANGHAI, "2026-06-06T10:00+08:00", 3, "2026-06-10T02:00"),
    "no days": (SHANGHAI, "2026-06-06T10:00+08:00", 0, "2026-06-06T02:00"),
    # 2025: off from 1 to 8 October; Sunday 28 September and Saturday 11 October are worked for it.
    "before National Day, a Sunday counts": (SHANGHAI, "2025-09-26T10:00+08:00", 3, "2025-09-30T02:00"),
    "across National Day": (SHANGHAI, "2025-09-30T10:00+08:00", 2, "2025-10-10T02:00"),
    "across National Day, a Saturday counts": (SHANGHAI, "2025-09-30T10:00+08:00", 3, "2025-10-11T02:00"),
    "from within National Day": (SHANGHAI, "2025-10-03T10:00+08:00", 1, "2025-10-09T02:00"),
    # 2026: off from 1 to 7 October; Sunday 20 September and Saturday 10 October are worked for it.
    "National Day of 2026": (SHANGHAI, "2026-09-30T10:00+08:00", 3, "2026-10-10T02:00"),
    "National Day of 2026, a Sunday before": (SHANGHAI, "2026-09-18T10:00+08:00", 1, "2026-09-20T02:00"),
    # 2026: off from 15 to 23 February; the Saturdays 14 and 28 are worked for it.
    "Spring Festival, the Saturday before": (SHANGHAI, "2026-02-13T15:00+08:00", 1, "2026-02-14T07:00"),
    "across Spring Festival": (SHANGHAI, "2026-02-13T15:00+08:00", 3, "2026-02-25T07:00"),
    "to the Saturday after": (SHANGHAI, "2026-02-13T15:00+08:00", 6, "2026-02-28T07:00"),
    "Berlin, summer time begins": (BERLIN, "2026-03-25T00:30+01:00", 3, "2026-03-29T22:30"),
    "Berlin, summer time ends": (BERLIN, "2026-10-21T00:30+02:00", 3, "2026-10-25T23:30"),
    "Berlin, from the hour that comes twice": (BERLIN, "2026-10-25T02:30+01:00", 3, "2026-10-28T01:30"),
    "Berlin, Easter": (BERLIN, "2026-04-01T09:00+02:00", 3, "2026-04-08T07:00"),
    "New York, summer time begins": (NEW_YORK, "2026-03-04T00:30-05:00", 3, "2026-03-09T04:30"),
    "New York, summer time ends": (NEW_YORK, "2026-10-28T00:30-04:00", 3, "2026-11-02T05:30"),
    "New York, five days": (NEW_YORK, "2026-10-28T00:30-04:00", 5, "2026-11-04T05:30"),
    "New York, Thanksgiving": (NEW_YORK, "2026-11-25T09:00-05:00", 1, "2026-11-27T14:00"),
}


@pytest.mark.parametrize("case", CASES)
def test_so_many_business_days_later(case):
    (calendar, zone), start, days, then = CASES[case]
    found = after_business_days(datetime.fromisoformat(start), days, calendar=calendar, zone=zone)
    assert found == datetime.fromisoformat(then).replace(tzinfo=UTC)
    assert found.tzinfo is UTC


@pytest.mark.parametrize("case", [case for case in CASES if "summer time" in case])
def test_a_day_before_is_24_hours_before(case):
    """Also over the night that has 23 or 25."""
    (calendar, zone), start, days, _then = CASES[case]
    found = after_business_days(datetime.fromisoformat(start), days, calendar=calendar, zone=zone)
    before = found - timedelta(hours=24)
    assert found.timestamp() - before.timestamp() == 24 * 3600
