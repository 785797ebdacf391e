"""Every clock of a deal at its edge: a second before nothing happens, a second after it does, and only once.

The moments are written out, not computed: from Monday, 1 June 2026, 10:00 in Shanghai, unless a story says otherwise.
What was due before is lived through first, each thing at its own time.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import transaction

from marketplace.contracts.flows import links
from marketplace.contracts.models import Contract, Dispute, Release
from marketplace.contracts.services.cancelling import ask_to_cancel
from marketplace.contracts.services.deciding import appeal_decision
from marketplace.contracts.services.disputes import open_dispute
from marketplace.contracts.services.work import request_changes, verify
from marketplace.core import invariants
from marketplace.core.actor import StaffRole
from marketplace.core.models import Event, Timer
from marketplace.core.net.safe_fetch import Fetched
from marketplace.core.timers.fire import fire_due
from marketplace.notifications.models import Notice
from marketplace.payments.models import Transfer
from tests.db.payments.test_every_step_killed import database_of_its_own
from tests.factories.deals import drafted
from tests.factories.deals import verify as verified
from tests.factories.disputes import answered, decided, mediated
from tests.factories.funded import funded, handed_in, piece, published, signed, three_pieces
from tests.factories.people import Person, make_owner, make_staff
from tests.support.relay import relay_all

pytestmark = pytest.mark.timeout(300)

MONDAY = "2026-06-01T10:00+08:00"
SECOND = timedelta(seconds=1)


@dataclass(frozen=True)
class Place:
    """Where a contract's clock stands, and when its story begins."""

    begins: str = MONDAY
    zone: str = "Asia/Shanghai"
    calendar: str = "CN"


@dataclass(frozen=True)
class World:
    merchant: Person
    anchor: Person
    contract: Contract  # paid; the script is due four days later


@pytest.fixture(scope="module")
def database(django_db_setup, django_db_blocker) -> Iterator[None]:
    with django_db_blocker.unblock(), database_of_its_own():
        yield


@contextmanager
def taken_back() -> Iterator[None]:
    """As Django's own TestCase does it: what commits in here commits into a transaction that is rolled back."""
    block = transaction.atomic()
    block._from_testcase = True
    with block:
        yield
        transaction.set_rollback(True)


@contextmanager
def built_at(place: Place) -> Iterator[World]:
    """Once for all the stories of a place."""
    with taken_back():
        with at(place.begins):
            merchant, anchor = make_owner("brand", "Chenyu Tea"), make_owner("anchor", "Xia Wei")
            verified(anchor.party, "anchor")
            deal = three_pieces(time_zone=place.zone, calendar=place.calendar)
            contract = funded(merchant, anchor, deal=deal)
        yield World(merchant, anchor, contract)


@contextmanager
def a_story() -> Iterator[None]:
    """It leaves the world as it found it."""
    with taken_back():
        yield
        assert not invariants.violations()


@pytest.fixture(autouse=True)
def every_page_is_there(monkeypatch) -> None:
    monkeypatch.setattr(links, "fetch", lambda url: Fetched(url, 200, b""))


@contextmanager
def at(moment: str | datetime) -> Iterator[None]:
    instant = datetime.fromisoformat(moment) if isinstance(moment, str) else moment
    with time_machine.travel(instant.astimezone(UTC), tick=False):
        yield


def live_until(moment: datetime, *, relaying: bool = True) -> None:
    """Worker and clock, each thing that is due at its own time."""
    while due := Timer.objects.filter(state="pending", due_at__lte=moment).order_by("due_at").first():
        with at(due.due_at):
            assert fire_due()
            if relaying:
                relay_all()


def events_since(last: int) -> dict[str, int]:
    return dict(Counter(Event.objects.filter(id__gt=last).values_list("name", flat=True)))


def last_event() -> int:
    return Event.objects.order_by("-id").values_list("id", flat=True).first()


SHANGHAI = Place()
# Sunday, 29 March, has 23 hours in Berlin, 25 October has 25; in New York it is 8 March and 1 November.
BERLIN_IN_MARCH = Place("2026-03-25T00:30+01:00", "Europe/Berlin", "DE")
BERLIN_IN_MARCH_AT_TEN = Place("2026-03-25T10:00+01:00", "Europe/Berlin", "DE")
BERLIN_IN_OCTOBER = Place("2026-10-21T00:30+02:00", "Europe/Berlin", "DE")
NEW_YORK_IN_MARCH = Place("2026-03-04T00:30-05:00", "America/New_York", "US")
NEW_YORK_IN_NOVEMBER = Place("2026-10-28T00:30-04:00", "America/New_York", "US")
# Off from 1 to 7 October and from 15 to 23 February 2026; Saturdays around them are worked.
NATIONAL_DAY = Place("2026-09-30T10:00+08:00")
SPRING_FESTIVAL = Place("2026-02-13T15:00+08:00")


# --- stories: each leads up to an edge and says what to look at ---

Look = Callable[[], object]


def drafted_only(w: World) -> Look:
    contract = drafted(w.merchant, w.anchor)
    return lambda: now(contract)


def unpaid(w: World) -> Look:
    contract = signed(w.merchant, w.anchor)
    return lambda: now(contract)


def nothing_comes(w: World) -> Look:
    return lambda: piece(w.contract, 1).state


def in_review(w: World) -> Look:
    handed_in(w.anchor, w.contract, 1)
    relay_all()
    return lambda: piece(w.contract, 1).state


def put_off(w: World) -> Look:
    look = in_review(w)
    live_until(datetime.fromisoformat("2026-06-04T10:00+08:00"), relaying=False)
    relay_all()
    return look


def approved_by_clock(w: World) -> Look:
    in_review(w)
    live_until(datetime.fromisoformat("2026-06-04T10:00+08:00"))
    return lambda: Transfer.objects.get().hold


def changes_wanted(w: World) -> Look:
    """Asked for at noon of Thursday, so that Friday, when it was due anyway, is not the later of the two."""
    with at("2026-06-04T12:00+08:00"):
        script = handed_in(w.anchor, w.contract, 1)
        request_changes(actor=w.merchant.actor, public_id=script.public_id, words="Shorter.")
        relay_all()
    return lambda: piece(w.contract, 1).state


def out(w: World, contract: Contract) -> str:
    """The video is out, the script and the draft have not come."""
    video = published(w.merchant, w.anchor, contract, 3)
    relay_all()
    return video.public_id


def to_be_verified(w: World) -> Look:
    out(w, w.contract)
    return lambda: piece(w.contract, 3).state


def verified_and_up(w: World) -> None:
    """It should stay up for five days, and a tenth of it is kept back until then."""
    contract = funded(w.merchant, w.anchor, deal=three_pieces(stay_up_days=5, holdback_bp=1_000))
    verify(actor=w.merchant.actor, public_id=out(w, contract))
    relay_all()


def stays_up(w: World) -> Look:
    verified_and_up(w)
    return lambda: Event.objects.filter(name="deliverable.stay_up_due").count()


def kept_back(w: World) -> Look:
    verified_and_up(w)
    return lambda: Release.objects.filter(why="kept_back").count()


def published_after_midnight(w: World) -> Look:
    """It is the second of June in Shanghai, and still the first in UTC."""
    with at("2026-06-02T01:00+08:00"):
        return kept_back(w)


def asked_to_end(w: World) -> Look:
    ask_to_cancel(actor=w.merchant.actor, public_id=w.contract.public_id, words="Our plans have changed.")
    relay_all()
    return lambda: now(w.contract)


def disputed(w: World) -> Look:
    script = handed_in(w.anchor, w.contract, 1)
    open_dispute(actor=w.merchant.actor, deliverable_public_id=script.public_id, words="Not ours.", anchor_bp=0)
    relay_all()
    return lambda: Dispute.objects.get().state


def in_mediation(w: World) -> Look:
    look = disputed(w)
    answered(w.anchor, Dispute.objects.get())
    relay_all()
    return look


def proposed(w: World) -> Look:
    look = in_mediation(w)
    mediated(make_staff(StaffRole.OPERATIONS), Dispute.objects.get())
    relay_all()
    return look


def decided_by_staff(w: World) -> Look:
    look = in_mediation(w)
    decided(make_staff(StaffRole.OPERATIONS), Dispute.objects.get(), 5_000)
    relay_all()
    return look


def appealed(w: World) -> Look:
    look = decided_by_staff(w)
    appeal_decision(actor=w.anchor.actor, public_id=Dispute.objects.get().public_id, words="No.")
    relay_all()
    return look


def paid_and_forgotten(w: World) -> Look:
    return lambda: now(w.contract)


def now(contract: Contract) -> str:
    return Contract.objects.get(pk=contract.pk).state


@dataclass(frozen=True)
class Edge:
    """At `at` the sweep records `events`, and after the relay what is looked at is `after` instead of `before`."""

    story: Callable[[World], Look]
    at: str
    before: object
    after: object
    events: dict[str, int]
    place: Place = SHANGHAI


RELEASED = {"contract.funds_released": 1, "transfer.created": 1}
HELD = RELEASED | {"transfer.held": 1}
APPROVED = {"deliverable.approved": 1} | HELD
REMINDED = {"deliverable.reminded": 1}
DECIDED = {"contract.dispute_decided": 1}
SAID = {"contract.dispute_reminded": 1}
OVERDUE = {"contract.dispute_overdue": 1}
SETTLED = {"contract.dispute_settled": 1, "deliverable.voided": 1}
EDGES = {
    "24 hours to sign": Edge(
        drafted_only, "2026-06-03T10:00+08:00", "signing", "signing", {"contract.signing_reminded": 1}
    ),
    "4 hours to sign": Edge(
        drafted_only, "2026-06-04T06:00+08:00", "signing", "signing", {"contract.signing_reminded": 1}
    ),
    "72 hours unsigned": Edge(drafted_only, "2026-06-04T10:00+08:00", "signing", "lapsed", {"contract.lapsed": 1}),
    "24 hours to pay": Edge(
        unpaid, "2026-06-02T10:00+08:00", "awaiting_funds", "awaiting_funds", {"contract.funding_reminded": 1}
    ),
    "4 hours to pay": Edge(
        unpaid, "2026-06-03T06:00+08:00", "awaiting_funds", "awaiting_funds", {"contract.funding_reminded": 1}
    ),
    "48 hours unpaid": Edge(unpaid, "2026-06-03T10:00+08:00", "awaiting_funds", "lapsed", {"contract.lapsed": 1}),
    "due in 24 hours": Edge(nothing_comes, "2026-06-04T23:59:59.999999+08:00", "planned", "planned", REMINDED),
    "due": Edge(nothing_comes, "2026-06-05T23:59:59.999999+08:00", "planned", "overdue", {"deliverable.overdue": 1}),
    "overdue for 72 hours": Edge(
        nothing_comes, "2026-06-08T23:59:59.999999+08:00", "overdue", "overdue", {"deliverable.late": 1} | REMINDED
    ),
    "72 hours after changes were asked for": Edge(
        changes_wanted, "2026-06-07T12:00+08:00", "changes_requested", "overdue", {"deliverable.overdue": 1}
    ),
    "24 hours to review": Edge(in_review, "2026-06-03T10:00+08:00", "submitted", "submitted", REMINDED),
    "4 hours to review": Edge(in_review, "2026-06-04T06:00+08:00", "submitted", "submitted", REMINDED),
    "three business days in review": Edge(in_review, "2026-06-04T10:00+08:00", "submitted", "approved", APPROVED),
    "25 hours after it was put off": Edge(put_off, "2026-06-05T11:00+08:00", "submitted", "approved", APPROVED),
    "seven days to object": Edge(
        approved_by_clock, "2026-06-11T10:00+08:00", "objection", "no_account", {"transfer.let_go": 1}
    ),
    "24 hours to verify": Edge(to_be_verified, "2026-06-03T10:00+08:00", "published", "published", REMINDED),
    "4 hours to verify": Edge(to_be_verified, "2026-06-04T06:00+08:00", "published", "published", REMINDED),
    "72 hours published": Edge(
        to_be_verified, "2026-06-04T10:00+08:00", "published", "verified", {"deliverable.verified": 1} | HELD
    ),
    "the first look": Edge(stays_up, "2026-06-02T10:00+08:00", 0, 1, {"deliverable.stay_up_due": 1}),
    "the last look": Edge(stays_up, "2026-06-06T10:00+08:00", 4, 5, {"deliverable.stay_up_due": 1}),
    "a day after the last look": Edge(stays_up, "2026-06-07T10:00+08:00", 5, 5, {}),
    "it has stayed up": Edge(kept_back, "2026-06-07T00:00+08:00", 0, 1, {"deliverable.stayed_up": 1} | RELEASED),
    "it has stayed up since after midnight": Edge(
        published_after_midnight, "2026-06-08T00:00+08:00", 0, 1, {"deliverable.stayed_up": 1} | RELEASED
    ),
    "72 hours of silence about ending it": Edge(
        asked_to_end,
        "2026-06-04T10:00+08:00",
        "cancel_requested",
        "cancelled",
        {"contract.cancelled": 1, "deliverable.voided": 3, "refund.requested": 1} | RELEASED,
    ),
    "five business days of silence in a dispute": Edge(
        disputed, "2026-06-08T10:00+08:00", "awaiting_reply", "decided", DECIDED
    ),
    "a day to answer a dispute": Edge(disputed, "2026-06-07T10:00+08:00", "awaiting_reply", "awaiting_reply", SAID),
    "seven days of mediation": Edge(in_mediation, "2026-06-24T10:00+08:00", "mediation", "mediation", SAID),
    "a day of mediation": Edge(in_mediation, "2026-06-30T10:00+08:00", "mediation", "mediation", SAID),
    "30 days of mediation, and nothing proposed by our staff": Edge(
        in_mediation, "2026-07-01T10:00+08:00", "mediation", "mediation", OVERDUE
    ),
    "a day later our staff are told again": Edge(
        in_mediation, "2026-07-02T10:00+08:00", "mediation", "mediation", OVERDUE
    ),
    "a day to answer the mediator": Edge(proposed, "2026-06-07T10:00+08:00", "proposal", "proposal", SAID),
    "five business days without an answer to the mediator": Edge(
        proposed, "2026-06-08T10:00+08:00", "proposal", "mediation", {"contract.dispute_proposal_closed": 1}
    ),
    "30 days of mediation, decided as the mediator proposed": Edge(
        proposed, "2026-07-01T10:00+08:00", "mediation", "decided", DECIDED
    ),
    "a day to appeal": Edge(decided_by_staff, "2026-06-07T10:00+08:00", "decided", "decided", SAID),
    "five business days to appeal": Edge(
        decided_by_staff,
        "2026-06-08T10:00+08:00",
        "decided",
        "closed",
        SETTLED | RELEASED | {"refund.requested": 1},
    ),
    "five business days with an appeal": Edge(appealed, "2026-06-08T10:00+08:00", "appealed", "appealed", OVERDUE),
    "a payment of 60 days": Edge(paid_and_forgotten, "2026-07-31T10:00+08:00", "active", "active", {"lot.ageing": 1}),
    "a payment of 85 days": Edge(
        paid_and_forgotten, "2026-08-25T10:00+08:00", "active", "cancelled", {"lot.protected_due": 1}
    ),
    "Berlin in March, 24 hours to review": Edge(
        in_review, "2026-03-28T22:30Z", "submitted", "submitted", REMINDED, BERLIN_IN_MARCH
    ),
    "Berlin in March, in review": Edge(
        in_review, "2026-03-29T22:30Z", "submitted", "approved", APPROVED, BERLIN_IN_MARCH
    ),
    "Berlin in March, due in 24 hours": Edge(
        nothing_comes, "2026-03-28T21:59:59.999999Z", "planned", "planned", REMINDED, BERLIN_IN_MARCH_AT_TEN
    ),
    "Berlin in October, 24 hours to review": Edge(
        in_review, "2026-10-24T23:30Z", "submitted", "submitted", REMINDED, BERLIN_IN_OCTOBER
    ),
    "Berlin in October, in review": Edge(
        in_review, "2026-10-25T23:30Z", "submitted", "approved", APPROVED, BERLIN_IN_OCTOBER
    ),
    "Berlin in October, disputed": Edge(
        disputed,
        "2026-10-27T23:30Z",
        "awaiting_reply",
        "decided",
        DECIDED,
        BERLIN_IN_OCTOBER,
    ),
    "New York in March, 24 hours to review": Edge(
        in_review, "2026-03-08T04:30Z", "submitted", "submitted", REMINDED, NEW_YORK_IN_MARCH
    ),
    "New York in March, in review": Edge(
        in_review, "2026-03-09T04:30Z", "submitted", "approved", APPROVED, NEW_YORK_IN_MARCH
    ),
    "New York in November, in review": Edge(
        in_review, "2026-11-02T05:30Z", "submitted", "approved", APPROVED, NEW_YORK_IN_NOVEMBER
    ),
    "New York in November, disputed": Edge(
        disputed,
        "2026-11-04T05:30Z",
        "awaiting_reply",
        "decided",
        DECIDED,
        NEW_YORK_IN_NOVEMBER,
    ),
    "National Day, in review": Edge(
        in_review, "2026-10-10T10:00+08:00", "submitted", "approved", APPROVED, NATIONAL_DAY
    ),
    "National Day, disputed": Edge(
        disputed,
        "2026-10-13T10:00+08:00",
        "awaiting_reply",
        "decided",
        DECIDED,
        NATIONAL_DAY,
    ),
    "Spring Festival, in review": Edge(
        in_review, "2026-02-25T15:00+08:00", "submitted", "approved", APPROVED, SPRING_FESTIVAL
    ),
    "Spring Festival, disputed": Edge(
        disputed,
        "2026-02-27T15:00+08:00",
        "awaiting_reply",
        "decided",
        DECIDED,
        SPRING_FESTIVAL,
    ),
}


@pytest.mark.parametrize("place", dict.fromkeys(edge.place for edge in EDGES.values()), ids=lambda place: place.begins)
def test_a_second_before_nothing_a_second_after_once(database, subtests, place):
    with built_at(place) as world:
        for name, edge in EDGES.items():
            if edge.place == place:
                with subtests.test(name), a_story():
                    happens_at_its_edge(world, edge)


def happens_at_its_edge(world: World, edge: Edge) -> None:
    moment = datetime.fromisoformat(edge.at)
    with at(edge.place.begins):
        look = edge.story(world)
    live_until(moment - SECOND)
    with at(moment - SECOND):
        last = last_event()
        assert (fire_due(), look(), events_since(last)) == (0, edge.before, {})
    with at(moment + SECOND):
        assert fire_due() > 0
        assert events_since(last) == edge.events
        relay_all()
        assert look() == edge.after
        last = last_event()
        assert (fire_due(), look(), events_since(last)) == (0, edge.after, {})


def test_who_is_told_that_it_may_end(database):
    with built_at(SHANGHAI) as world:
        live_until(datetime.fromisoformat("2026-06-09T00:00+08:00"))
        told = Notice.objects.filter(kind="work_late")
        assert [notice.user_id for notice in told] == [world.merchant.user.pk]


def test_the_clock_does_not_approve_while_a_reminder_waits(database):
    """Its guard, at the edge: put off by 25 hours, once."""
    with built_at(SHANGHAI) as world:
        with at(MONDAY):
            look = in_review(world)
        moment = datetime.fromisoformat("2026-06-04T10:00+08:00")
        live_until(moment - SECOND, relaying=False)
        with at(moment + SECOND):
            last = last_event()
            assert (fire_due(), look(), events_since(last)) == (1, "submitted", {"deliverable.approval_put_off": 1})
            assert (fire_due(), look()) == (0, "submitted")
