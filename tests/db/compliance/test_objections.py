"""Objecting to a figure: by whom, once, decided by compliance, appealed once, settled by others; what it strikes."""

from datetime import timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction

from marketplace.accounts.models import Party
from marketplace.campaigns.services.choosing import decline_candidate
from marketplace.compliance.errors import (
    AlreadyObjected,
    AppealOver,
    NotCounted,
    OwnSubject,
    RejectedByYou,
    TooFewWords,
)
from marketplace.compliance.machine import OBJECTION, ObjectionState
from marketplace.compliance.models import Objection
from marketplace.compliance.selectors.objections import get_objection
from marketplace.compliance.services.objections import (
    APPEAL_WITHIN,
    appeal_objection,
    confirm_rejection,
    file_objection,
    overturn_rejection,
    reject_objection,
    uphold_objection,
)
from marketplace.core import clock
from marketplace.core.actor import Actor, Role, StaffRole
from marketplace.core.errors import Forbidden, IllegalTransition, NotFound
from marketplace.core.models import Event
from marketplace.notifications.models import Notice, OutgoingMail
from marketplace.reliability.measures import WINDOW
from marketplace.reliability.models import Strike
from marketplace.reliability.selectors.figures import record_of
from tests.factories.funded import funded, handed_in, three_pieces
from tests.factories.people import Person, make_member, make_owner, make_staff
from tests.factories.tasks import applied, make_anchor, make_merchant, open_task
from tests.factories.world import represented
from tests.support.relay import relay_all

pytestmark = pytest.mark.django_db
WORDS = "Our whole team was ill that week, as we told everybody."
SOURCE = "merchant_decision"


@pytest.fixture
def merchant() -> Person:
    return make_merchant()


@pytest.fixture
def decided(merchant) -> list[str]:
    """Applications that the merchant has decided."""
    task = open_task(merchant, seats=9)
    found = [applied(make_anchor(name), task).public_id for name in ("Xia Wei", "Lin Xi", "Qin An", "Jiang Ye")]
    for one in found:
        decline_candidate(actor=merchant.actor, public_id=one)
    return found


@pytest.fixture
def compliance() -> Person:
    return make_staff(StaffRole.COMPLIANCE)


def file(person: Person, subject: str, words: str = WORDS, source: str = SOURCE) -> Objection:
    return file_objection(actor=person.actor, source=source, subject=subject, words=words)


def observed(person: Person, name: str = "decision") -> int:
    readings = record_of(Party.objects.get(pk=person.party.pk)).readings
    return next(one.observations for one in readings if one.figure.name == name)


def facts() -> tuple[object, ...]:
    return (
        Event.objects.count(),
        Strike.objects.count(),
        *Objection.objects.order_by("pk").values_list("state", "decision", "appeal", "settlement"),
    )


def refused(act, *errors: type[Exception]) -> None:
    """It is, and changes nothing."""
    before = facts()
    with pytest.raises(errors):
        act()
    assert facts() == before


def test_upheld_is_struck_out_and_told_to_those_who_lead_the_party_alone(merchant, decided, compliance):
    manager = make_member(merchant.party, Role.MANAGER)
    make_member(merchant.party, Role.VIEWER)
    filed = file(manager, decided[0], f"  {WORDS} ")
    assert (filed.words, filed.party, filed.state) == (WORDS, merchant.party, "filed")
    assert (filed.facts["place"], filed.facts["missed"], filed.facts["hours"]) == (decided[0], False, 0.0)
    assert observed(merchant) == 4  # to object changes nothing yet
    uphold_objection(actor=compliance.actor, public_id=filed.public_id, reasons=" We saw the notice. ")
    struck = Strike.objects.get()
    assert (struck.source, struck.subject, struck.case, struck.reason, struck.by) == (
        SOURCE,
        decided[0],
        filed.public_id,
        "We saw the notice.",
        compliance.user,
    )
    assert observed(merchant) == observed(merchant, "unanswered") == 3
    relay_all()
    told = Notice.objects.filter(kind="objection_upheld")
    assert {one.user for one in told} == {merchant.user, manager.user}
    assert {one.facts["reasons"] for one in told} == {"We saw the notice."}
    mails = OutgoingMail.objects.filter(subject__contains="was upheld").values_list("to", flat=True)
    assert set(mails) == {merchant.user.email, manager.user.email}
    refused(lambda: file(merchant, decided[0]), NotCounted)


def test_rejected_counts_on_and_is_appealed_once_to_somebody_else(merchant, decided, compliance):
    other = make_staff(StaffRole.COMPLIANCE)
    for number, (settle, state, left) in enumerate(
        ((overturn_rejection, "overturned", 3), (confirm_rejection, "confirmed", 3))
    ):
        filed = file(merchant, decided[number])
        reject_objection(actor=compliance.actor, public_id=filed.public_id, reasons="Others answered.")
        refused(lambda: file(merchant, decided[number]), AlreadyObjected)  # noqa: B023
        appeal_objection(actor=merchant.actor, public_id=filed.public_id, words=WORDS)
        settled = {"public_id": filed.public_id, "reasons": "They were ill indeed."}
        refused(lambda: settle(actor=compliance.actor, **settled), RejectedByYou)  # noqa: B023
        settle(actor=other.actor, **settled)
        relay_all()
        assert Objection.objects.get(pk=filed.pk).state == state
        assert Notice.objects.filter(kind=f"objection_{state}", user=merchant.user).count() == 1
        assert observed(merchant) == left
        refused(
            lambda: appeal_objection(actor=merchant.actor, public_id=filed.public_id, words=WORDS),  # noqa: B023
            IllegalTransition,
        )
    assert [one.reason for one in Strike.objects.all()] == ["They were ill indeed."]
    with pytest.raises(IntegrityError), transaction.atomic():
        Objection.objects.filter(pk=filed.pk).update(settled_by=compliance.user)


def test_thirty_days_to_appeal(merchant, decided, compliance):
    with time_machine.travel(clock.now(), tick=False) as moment:
        filed = file(merchant, decided[0])
        reject_objection(actor=compliance.actor, public_id=filed.public_id, reasons="Others answered.")
        told = {"actor": merchant.actor, "public_id": filed.public_id}
        refused(lambda: appeal_objection(words="Ill.", **told), TooFewWords)
        moment.shift(APPEAL_WITHIN)
        refused(lambda: appeal_objection(words=WORDS, **told), AppealOver)
        moment.shift(timedelta(microseconds=-1))
        assert appeal_objection(words=WORDS, **told).state == "appealed"


@pytest.mark.parametrize("state", ObjectionState)
def test_each_state_and_move(merchant, decided, compliance, state):
    """Only what the machine draws happens; everything else changes nothing."""
    filed, other = file(merchant, decided[0]), make_staff(StaffRole.COMPLIANCE)
    moves = {
        "uphold": lambda: uphold_objection(actor=compliance.actor, public_id=filed.public_id, reasons="Yes."),
        "reject": lambda: reject_objection(actor=compliance.actor, public_id=filed.public_id, reasons="No."),
        "appeal": lambda: appeal_objection(actor=merchant.actor, public_id=filed.public_id, words=WORDS),
        "overturn": lambda: overturn_rejection(actor=other.actor, public_id=filed.public_id, reasons="Yes."),
        "confirm": lambda: confirm_rejection(actor=other.actor, public_id=filed.public_id, reasons="No."),
    }
    way = {"filed": (), "upheld": ("uphold",), "rejected": ("reject",), "appealed": ("reject", "appeal")}
    way |= {"overturned": ("reject", "appeal", "overturn"), "confirmed": ("reject", "appeal", "confirm")}
    for move in way[state]:
        moves[move]()
    filed.refresh_from_db()
    assert filed.state == state
    for move, act in moves.items():
        if not OBJECTION.can(filed, move):
            refused(act, IllegalTransition)


def test_who_may_object_see_and_decide(merchant, decided, compliance):
    for role in (Role.FINANCE, Role.MEMBER, Role.VIEWER):
        refused(lambda: file(make_member(merchant.party, role), decided[0]), Forbidden)  # noqa: B023
    refused(lambda: file_objection(actor=Actor(), source=SOURCE, subject=decided[0], words=WORDS), Forbidden)
    stranger = make_merchant("Far Away Tea")
    refused(lambda: file(stranger, decided[0]), NotFound)
    refused(lambda: file(merchant, decided[0], source="anchor_work"), NotFound)
    refused(lambda: file(merchant, "app_nothing"), NotFound)
    refused(lambda: file(merchant, decided[0], words=" Ill.          "), TooFewWords)
    filed = file(merchant, decided[0])
    candidate = filed.other.memberships.get()
    for person in (make_owner("brand", "Other"), make_staff(StaffRole.OPERATIONS)):
        with pytest.raises(NotFound):
            get_objection(person.actor, filed.public_id)
        refused(
            lambda: uphold_objection(actor=person.actor, public_id=filed.public_id, reasons="Yes."),  # noqa: B023
            NotFound,
        )
    with pytest.raises(NotFound):  # the other side is told nothing, and sees nothing
        get_objection(Actor(user_id=candidate.user_id, party_id=filed.other_id, role=Role.OWNER), filed.public_id)
    refused(lambda: uphold_objection(actor=merchant.actor, public_id=filed.public_id, reasons="Yes."), Forbidden)
    for user_id in (merchant.user.pk, candidate.user_id):
        own = Actor(user_id=user_id, staff_roles=frozenset({StaffRole.COMPLIANCE}))
        refused(lambda: uphold_objection(actor=own, public_id=filed.public_id, reasons="Yes."), OwnSubject)  # noqa: B023
    relay_all()
    assert not Notice.objects.filter(kind__startswith="objection").exists()


def test_an_anchor_and_her_agency_object_each_and_one_strike_is_for_both(merchant, compliance):
    anchor, agency = make_anchor(), make_owner("agency", "North Quay")
    represented(agency, anchor)
    contract = funded(merchant, anchor, agency, deal=three_pieces())
    work = handed_in(anchor, contract, 1).public_id
    assert observed(anchor, "on_time") == observed(agency, "on_time") == 1
    hers, theirs = (file(one, work, source="anchor_work") for one in (anchor, agency))
    for filed in (hers, theirs):
        uphold_objection(actor=compliance.actor, public_id=filed.public_id, reasons="The brief came late.")
    assert Strike.objects.count() == 1
    assert observed(anchor, "on_time") == observed(agency, "on_time") == 0


def test_what_is_too_old_to_count_is_too_old_to_object_to(merchant, decided):
    with time_machine.travel(clock.now() + WINDOW + timedelta(minutes=1)):
        refused(lambda: file(merchant, decided[0]), NotFound)
