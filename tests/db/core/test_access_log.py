"""Who was shown what: once a day for each person and thing, never edited, forgotten after two years."""

from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.db import DatabaseError, connection, transaction

from marketplace.core import clock
from marketplace.core.access_log import accesses, first_accesses, forget_old_accesses, log_access
from marketplace.core.actor import Role
from marketplace.core.models import AccessEntry
from marketplace.core.models.access import KEPT_DAYS
from marketplace.core.tasks import sweep_access_log
from tests.factories.people import Person, make_member, make_owner

pytestmark = pytest.mark.django_db
NOON = "2026-03-04T12:00:00Z"


@pytest.fixture
def reader() -> Person:
    return make_owner("brand", "Chenyu Tea")


def look(reader: Person, at: str, subject: str = "sub_1", address: str = "203.0.113.9") -> None:
    with time_machine.travel(at, tick=False):
        log_access(actor=reader.actor, subject=subject, address=address)


def test_the_first_time_of_a_day_is_kept(reader):
    for at in (NOON, "2026-03-04T13:00:00Z", "2026-03-04T23:59:59Z", "2026-03-05T00:00:00Z"):
        look(reader, at)
    kept = accesses(["sub_1"], party_id=reader.party.pk)
    assert [f"{one.at:%d %H:%M}" for one in kept] == ["04 12:00", "05 00:00"]
    assert {(one.viewer_id, one.address, one.source) for one in kept} == {(reader.user.pk, "203.0.113.9", "web")}


def test_each_person_and_each_thing_has_its_own_and_the_first_of_a_party_is_told(reader):
    colleague, other = make_member(reader.party, Role.MEMBER), make_owner("brand", "Other Tea")
    look(reader, NOON)
    look(colleague, "2026-03-04T09:00:00Z", address="")
    look(colleague, NOON, "sub_2")
    look(other, "2026-03-01T09:00:00Z")
    first = first_accesses(["sub_1", "sub_2", "sub_3"], party_id=reader.party.pk)
    assert {subject: f"{at:%d %H}" for subject, at in first.items()} == {"sub_1": "04 09", "sub_2": "04 12"}


def test_it_is_not_edited_and_not_deleted_before_its_time(reader):
    look(reader, f"{clock.now():%Y-%m-%dT%H:%M:%SZ}")
    for statement in ("UPDATE core_accessentry SET address = NULL", "DELETE FROM core_accessentry"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    assert AccessEntry.objects.count() == 1


def test_what_is_two_years_old_is_forgotten(reader):
    for days, subject in ((KEPT_DAYS + 2, "sub_1"), (KEPT_DAYS + 1, "sub_2"), (KEPT_DAYS - 1, "sub_3")):
        look(reader, f"{clock.now() - timedelta(days=days):%Y-%m-%dT%H:%M:%SZ}", subject)
    assert forget_old_accesses(batch=1) == 1
    assert not AccessEntry.objects.filter(subject="sub_1").exists()
    sweep_access_log()
    assert list(AccessEntry.objects.values_list("subject", flat=True)) == ["sub_3"]
    assert settings.CELERY_BEAT_SCHEDULE["sweep-access-log"]["task"] == sweep_access_log.name
