"""Quiet hours, and which notices belong together."""

from datetime import UTC, datetime, time

import pytest

from marketplace.notifications.groups import MEMBERS, URGENT, group_of
from marketplace.notifications.quiet import quiet_until
from marketplace.notifications.wording import WORDINGS

NIGHT = (time(22), time(7))


@pytest.mark.parametrize(
    ("now", "hours", "ends"),
    [
        ("2026-03-02T14:30+00:00", NIGHT, "2026-03-03T07:00+08:00"),  # 22:30 in Shanghai
        ("2026-03-02T22:59+00:00", NIGHT, "2026-03-03T07:00+08:00"),  # 06:59
        ("2026-03-02T23:00+00:00", NIGHT, None),  # 07:00
        ("2026-03-02T13:59+00:00", NIGHT, None),  # 21:59
        ("2026-03-02T05:00+00:00", (time(12), time(14)), "2026-03-02T14:00+08:00"),  # 13:00
        ("2026-03-02T06:00+00:00", (time(12), time(14)), None),
    ],
)
def test_quiet_hours_end_where_the_person_is(now, hours, ends):
    found = quiet_until(datetime.fromisoformat(now), *hours, "Asia/Shanghai")
    assert found == (datetime.fromisoformat(ends) if ends else None)


def test_a_night_in_which_the_clocks_change_ends_by_the_clock():
    found = quiet_until(datetime(2026, 3, 28, 22, 30, tzinfo=UTC), *NIGHT, "Europe/Berlin")
    assert found == datetime(2026, 3, 29, 5, 0, tzinfo=UTC)


def test_every_kind_in_a_group_exists_and_is_in_one_only():
    named = [kind for kinds in MEMBERS.values() for kind in kinds]
    assert len(named) == len(set(named))
    assert set(named) <= set(WORDINGS)
    assert set(named) >= URGENT


@pytest.mark.parametrize(
    "kind",
    [
        *("token_created", "erasure_requested", "verification_rejected", "contract_to_sign", "dispute_opened"),
        *("approval_asked", "report_actioned", "work_review_soon", "work_verify_soon", "cancellation_requested"),
    ],
)
def test_security_the_law_and_what_silence_decides_cannot_be_switched_off(kind):
    assert kind in WORDINGS
    assert group_of(kind) is None
