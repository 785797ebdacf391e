"""Reporting, its limits, and the answer that the reporter reads."""

from datetime import timedelta

import pytest

from creators.services.profiles import save_anchor_file, show_anchor_file
from marketplace.compliance.errors import AlreadyReported, OwnSubject, TooManyReports
from marketplace.compliance.models import Report
from marketplace.compliance.services.reports import A_DAY, act_on_report, dismiss_report, file_report
from marketplace.core import clock
from marketplace.core.actor import Actor, StaffRole
from marketplace.core.errors import Forbidden, IllegalTransition, NotFound
from marketplace.core.models import Event
from marketplace.notifications.models import Notice, OutgoingMail
from tests.factories.people import Person, make_owner, make_staff
from tests.factories.tasks import make_merchant, open_task
from tests.support.relay import relay_all

pytestmark = pytest.mark.django_db


@pytest.fixture
def anchor() -> Person:
    person = make_owner("anchor", "Xia Wei")
    save_anchor_file(actor=person.actor, complete=True, categories=["food"], bio="Tea.", handle="xw", platform="douyin")
    return person


@pytest.fixture
def reporter() -> Person:
    return make_owner("brand", "Chenyu Tea")


def report(reporter: Person, anchor: Person, **changed: str) -> Report:
    plain = {"kind": "anchor", "subject_id": anchor.party.public_id, "reason": "fake_numbers", "words": " Bought. "}
    return file_report(actor=reporter.actor, **(plain | changed))


def facts() -> tuple[int, int]:
    return Report.objects.count(), Event.objects.count()


def test_a_report_keeps_what_was_there_and_thanks_the_reporter(anchor, reporter):
    filed = report(reporter, anchor)
    assert filed.public_id.startswith("rpt_")
    assert (filed.title, filed.party, filed.reporter, filed.reporter_party, filed.words, filed.state) == (
        "Xia Wei",
        anchor.party,
        reporter.user,
        reporter.party,
        "Bought.",
        "reported",
    )
    assert filed.snapshot == {"name": "Xia Wei", "bio": "Tea.", "channels": "douyin @xw 0 declared"}
    event = Event.objects.get(aggregate=filed.public_id)
    assert event.data == {"kind": "anchor", "subject": anchor.party.public_id, "reason": "fake_numbers"}
    relay_all()
    assert [(one.kind, one.user) for one in Notice.objects.all()] == [("report_filed", reporter.user)]
    assert OutgoingMail.objects.filter(to=reporter.user.email).count() == 1


@pytest.mark.parametrize(
    ("service", "state", "notice"),
    [(dismiss_report, "dismissed", "report_dismissed"), (act_on_report, "actioned", "report_actioned")],
)
def test_compliance_decides_once_and_the_reporter_reads_why(anchor, reporter, service, state, notice):
    filed, staff = report(reporter, anchor), make_staff(StaffRole.COMPLIANCE)
    service(actor=staff.actor, public_id=filed.public_id, decision=" We counted. ")
    filed.refresh_from_db()
    assert (filed.state, filed.decision, filed.decided_by) == (state, "We counted.", staff.user)
    relay_all()
    told = Notice.objects.get(kind=notice)
    assert (told.user, told.facts["decision"]) == (reporter.user, "We counted.")
    before = facts()
    with pytest.raises(IllegalTransition):
        dismiss_report(actor=staff.actor, public_id=filed.public_id, decision="Again")
    filed.refresh_from_db()
    assert (filed.decision, facts()) == ("We counted.", before)


def test_one_open_report_of_the_same_thing_and_another_after_the_answer(anchor, reporter):
    filed = report(reporter, anchor)
    before = facts()
    with pytest.raises(AlreadyReported):
        report(reporter, anchor, reason="fraud")
    assert facts() == before
    dismiss_report(actor=make_staff(StaffRole.COMPLIANCE).actor, public_id=filed.public_id, decision="No")
    report(reporter, anchor, reason="fraud")
    report(make_owner("brand", "Another"), anchor)
    assert Report.objects.count() == 3


def test_ten_a_day(anchor, reporter):
    merchant = make_merchant("Busy")
    for _number in range(A_DAY):
        report(reporter, anchor, kind="task", subject_id=open_task(merchant).public_id)
    before = facts()
    with pytest.raises(TooManyReports):
        report(reporter, anchor)
    assert facts() == before
    Report.objects.update(created_at=clock.now() - timedelta(hours=25))
    assert report(reporter, anchor).state == "reported"


def test_nobody_reports_their_own(anchor):
    with pytest.raises(OwnSubject):
        report(anchor, anchor)
    assert Report.objects.count() == 0


def test_what_one_may_not_see_cannot_be_reported(anchor, reporter):
    show_anchor_file(actor=anchor.actor, public=False)
    for kind, subject in (("anchor", anchor.party.public_id), ("nonsense", anchor.party.public_id), ("task", "vtk_x")):
        with pytest.raises(NotFound):
            report(reporter, anchor, kind=kind, subject_id=subject)
    with pytest.raises(Forbidden):
        file_report(actor=Actor(), kind="anchor", subject_id=anchor.party.public_id, reason="fraud")
    assert Report.objects.count() == 0


def test_only_compliance_decides_and_never_about_its_own(anchor, reporter):
    filed = report(reporter, anchor)
    with pytest.raises(NotFound):
        dismiss_report(actor=make_staff(StaffRole.OPERATIONS).actor, public_id=filed.public_id, decision="No")
    with pytest.raises(Forbidden):
        dismiss_report(actor=reporter.actor, public_id=filed.public_id, decision="No")
    for person in (anchor, reporter):
        own = Actor(user_id=person.user.pk, staff_roles=frozenset({StaffRole.COMPLIANCE}))
        with pytest.raises(OwnSubject):
            act_on_report(actor=own, public_id=filed.public_id, decision="Mine")
    filed.refresh_from_db()
    assert (filed.state, filed.decision, filed.decided_at) == ("reported", "", None)
