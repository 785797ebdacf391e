"""What is counted of whom, from moments that are known; what is not counted; the floor, the window, the cost."""

from datetime import timedelta

import pytest
import time_machine
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from marketplace.accounts.models import Party
from marketplace.campaigns.models import Application
from marketplace.campaigns.services.applying import withdraw
from marketplace.campaigns.services.choosing import decline_candidate, invite
from marketplace.campaigns.services.offers import counter_offer, rescind_offer
from marketplace.campaigns.services.running import close_task
from marketplace.contracts.events import ContractFrozen
from marketplace.contracts.models import Contract, Dispute
from marketplace.contracts.services.cancelling import end_for_lateness
from marketplace.contracts.services.mediation import accept_proposal
from marketplace.contracts.services.signing import decline
from marketplace.contracts.services.work import approve, publish, request_changes, verify
from marketplace.contracts.terms import DeliverableTerms
from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.core.record import record
from marketplace.core.timers.fire import fire_due
from marketplace.core.tx import use_case
from marketplace.reliability.measures import LEAST, WINDOW, source_of
from marketplace.reliability.models import Strike
from marketplace.reliability.selectors.figures import Reading, record_of
from marketplace.reliability.selectors.observations import PAGE, list_observations
from marketplace.reliability.steps.striking import strike_out
from tests.factories.deals import drafted, sign_as
from tests.factories.disputes import answered, disputed, split, standing
from tests.factories.funded import arrived, asked_to_pay, funded, handed_in, piece, three_pieces
from tests.factories.people import Person, make_owner, make_staff
from tests.factories.tasks import applied, make_anchor, make_merchant, offered, open_task
from tests.factories.world import represented
from tests.support.relay import relay_all

pytestmark = pytest.mark.django_db
strike = use_case(strike_out)
SYSTEM = Actor.system("test")


@pytest.fixture
def merchant() -> Person:
    return make_merchant()


@pytest.fixture
def anchor() -> Person:
    return make_anchor()


@pytest.fixture
def moment():
    """A clock that stands, at ten in the morning of a Monday where contracts are."""
    with time_machine.travel("2026-10-12T02:00:00Z", tick=False) as found:
        yield found


def read(person: Person, name: str) -> Reading:
    """A figure of the record, as everybody sees it."""
    party = Party.objects.get(pk=person.party.pk)
    return next(one for one in record_of(party).readings if one.figure.name == name)


def value(person: Person, name: str) -> tuple[float | int | None, int]:
    found = read(person, name)
    return found.value, found.observations


def seen(person: Person, source: str) -> list[tuple[float | None, bool]]:
    """(hours, missed) of each observation, the oldest first."""
    rows = list_observations(person.party, source_of(person.party.kind, source)).rows
    return [(one.hours, one.missed) for one in reversed(rows)]


def run(moment, **time: float) -> None:
    """Time passes, and what is due by then happens."""
    moment.shift(timedelta(**time))
    fire_due()


def test_applications_are_decided_by_an_offer_or_a_no_and_five_days_are_unanswered(merchant, moment):
    task = open_task(merchant, seats=6)
    anchors = {name: make_anchor(name) for name in "ABCDE"}
    first, second, silent, gone, late = (applied(one, task) for one in anchors.values())
    run(moment, hours=1)
    withdraw(actor=anchors["D"].actor, public_id=gone.public_id)
    run(moment, hours=1)
    offered(merchant, first)
    run(moment, hours=8)
    decline_candidate(actor=merchant.actor, public_id=second.public_id)
    assert value(merchant, "decision") == (None, 2)  # of the floor of three
    run(moment, days=4, hours=14)
    run(moment, days=1, hours=10)
    offered(merchant, late)
    assert seen(merchant, "merchant_decision") == [(2.0, False), (10.0, False), (None, True), (154.0, True)]
    assert value(merchant, "decision") == (10.0, 3)
    assert value(merchant, "unanswered") == (50, 4)
    source = source_of("brand", "merchant_decision")
    assert silent.public_id in [one.subject for one in list_observations(merchant.party, source).rows]


def test_invitations_and_offers_are_answered_or_lapse_and_what_was_taken_back_is_nobodys(merchant, anchor, moment):
    tasks = [
        open_task(
            merchant,
            seats=5,
            mode="open_call",
            apply_by=clock.today() + timedelta(days=12),
            publish_from=clock.today() + timedelta(days=13),
        )
        for _ in range(3)
    ]
    invited, left, closed = (
        invite(actor=merchant.actor, task_public_id=task.public_id, anchors=[anchor.party.public_id], words="Come.")[0]
        for task in tasks
    )
    run(moment, hours=3)
    close_task(actor=merchant.actor, public_id=tasks[2].public_id)  # takes the third invitation away
    applied(anchor, tasks[0])
    offer = offered(merchant, Application.objects.get(pk=invited.pk))
    run(moment, hours=1)
    counter_offer(
        actor=anchor.actor,
        public_id=invited.public_id,
        answers=offer.public_id,
        terms=offer.deal.with_(fee_minor=1_300_000),
    )
    decline_candidate(actor=merchant.actor, public_id=invited.public_id)  # of her counter-offer: not hers to answer
    again = applied(anchor, tasks[0])
    taken_back = offered(merchant, again)
    run(moment, hours=1)
    rescind_offer(actor=merchant.actor, public_id=again.public_id, offer_public_id=taken_back.public_id)
    offered(merchant, again)
    run(moment, days=3)
    assert Application.objects.get(pk=again.pk).state == "expired"
    run(moment, days=4)
    assert Application.objects.get(pk=left.pk).state == "expired"
    assert seen(anchor, "anchor_answer") == [(3.0, False), (1.0, False), (None, True), (None, True)]
    assert value(anchor, "answer") == (None, 2)
    assert value(anchor, "lapsed_offers") == (50, 4)
    assert closed.public_id not in str(list_observations(anchor.party, source_of("anchor", "anchor_answer")))


def test_signing_and_paying_in_time_or_not_and_whose_lapse_it_is(merchant, anchor, moment):
    agency = make_owner("agency", "North Quay")
    represented(agency, anchor)
    paid, unpaid, half, refused, _silent = (drafted(merchant, anchor) for _ in range(5))
    decline(actor=merchant.actor, public_id=refused.public_id)  # a no is no lapse, whoever says it
    run(moment, hours=2)
    for contract in (paid, unpaid, half):
        sign_as(merchant, contract)
    run(moment, hours=4)
    for contract in (paid, unpaid, half):
        sign_as(anchor, contract)
    run(moment, hours=4)
    for contract in (paid, unpaid):
        sign_as(agency, contract)
    run(moment, hours=5)
    arrived(asked_to_pay(merchant, paid))
    relay_all()
    run(moment, days=3)
    ended = Contract.objects.exclude(pk=refused.pk).order_by("pk").values_list("state", flat=True)
    assert list(ended) == ["active", "lapsed", "lapsed", "lapsed"]
    assert seen(merchant, "merchant_signing") == [(2.0, False)] * 3 + [(None, True)]
    assert seen(anchor, "anchor_signing") == [(6.0, False)] * 3 + [(None, True)]
    assert sorted(seen(agency, "agency_signing"), key=str) == [(10.0, False)] * 2 + [(None, True)] * 2
    assert seen(merchant, "merchant_payment") == [(5.0, False), (None, True)]
    assert value(anchor, "signing") == (6.0, 3)
    assert value(agency, "unsigned") == (2, 4)
    assert value(merchant, "unpaid") == (None, 2)


def test_work_is_in_time_by_the_contracts_own_day_and_answered_by_people_or_the_clock(merchant, anchor, moment):
    agency = make_owner("agency", "North Quay")
    represented(agency, anchor)
    contract = funded(merchant, anchor, agency, deal=three_pieces(time_zone="America/New_York"))
    script, draft, video = (piece(contract, place) for place in (1, 2, 3))
    moment.move_to(script.due_at)  # the last microsecond of that day in New York
    handed_in(anchor, contract, 1)
    run(moment, hours=6)
    request_changes(actor=merchant.actor, public_id=script.public_id, words="Shorter.")
    run(moment, hours=1)
    handed_in(anchor, contract, 1)
    run(moment, hours=2)
    approve(actor=merchant.actor, public_id=script.public_id)
    moment.move_to(draft.due_at + timedelta(seconds=1))
    fire_due()
    assert seen(anchor, "anchor_work") == [(None, False), (None, True)]  # overdue, and not there yet
    handed_in(anchor, contract, 2)
    by = piece(contract, 2).review_by
    silent = round((by - clock.now()).total_seconds() / 3600, 1)
    for edge in (by - timedelta(hours=24), by - timedelta(hours=4), by):
        moment.move_to(edge)
        fire_due()
        relay_all()
    assert piece(contract, 2).approved_by_clock
    assert seen(merchant, "merchant_review") == [(6.0, False), (2.0, False), (silent, True)]
    assert value(merchant, "review") == (6.0, 3)
    assert value(merchant, "silence") == (33, 3)
    moment.move_to(video.due_at + timedelta(seconds=1))
    fire_due()
    assert seen(anchor, "anchor_work") == [(None, False), (None, True), (None, True)]  # the video never came
    assert value(anchor, "on_time") == value(agency, "on_time") == (33, 3)
    assert video.submissions.count() == 0


def test_what_the_payers_bank_held_up_is_nobodys_lateness(merchant, anchor, moment):
    contract = funded(merchant, anchor, deal=three_pieces())
    handed_in(anchor, contract, 1)
    run(moment, hours=1)
    freeze = ContractFrozen(aggregate=contract.public_id, chargeback="cbk_1", amount_minor=1, currency="CNY")
    use_case(record)(freeze, by=SYSTEM)
    run(moment, hours=1)
    approve(actor=merchant.actor, public_id=piece(contract, 1).public_id)
    moment.move_to(piece(contract, 2).due_at + timedelta(days=1))
    handed_in(anchor, contract, 2)
    assert seen(merchant, "merchant_review") == []
    assert seen(anchor, "anchor_work") == [(None, False)]  # what came before


def test_a_live_that_was_not_held_and_one_that_was(merchant, anchor, moment):
    live = (DeliverableTerms(kind="live", title="Live", due_on=clock.today() + timedelta(days=4), share_bp=10_000),)
    held, absent, agreed = (funded(merchant, anchor, deal=three_pieces(deliverables=live)) for _ in range(3))
    start = clock.now()
    publish(
        actor=anchor.actor,
        public_id=piece(held, 1).public_id,
        link="https://live.example/1",
        live_from=start,
        live_until=start + timedelta(hours=2),
    )
    verify(actor=merchant.actor, public_id=piece(held, 1).public_id)
    run(moment, days=5)
    run(moment, days=3)
    end_for_lateness(actor=merchant.actor, public_id=absent.public_id, words="Nobody came.")
    assert seen(anchor, "anchor_live") == [(None, False), (None, True)]
    assert agreed.public_id not in str(list_observations(anchor.party, source_of("anchor", "anchor_live")))


def test_a_dispute_is_lost_by_the_side_that_gets_less_than_half_and_agreements_are_not_counted(
    merchant, anchor, moment
):
    staff = make_staff("operations")
    for anchor_bp in (2_000, 9_000):
        contract = funded(merchant, anchor, deal=three_pieces())
        handed_in(anchor, contract, 2)
        split(merchant, anchor, staff, disputed(merchant, contract), anchor_bp)
        run(moment, hours=1)
    agreed = funded(merchant, anchor, deal=three_pieces())
    handed_in(anchor, agreed, 2)
    offer = answered(anchor, disputed(merchant, agreed, anchor_bp=1_000))
    accept_proposal(actor=merchant.actor, public_id=standing(offer, "anchor").public_id)
    assert Dispute.objects.filter(state="closed").count() == 3
    assert seen(merchant, "merchant_dispute") == [(None, False), (None, True)]
    assert seen(anchor, "anchor_dispute") == [(None, True), (None, False)]
    Dispute.objects.update(final_bp=5_000)
    assert seen(merchant, "merchant_dispute") == seen(anchor, "anchor_dispute") == [(None, False)] * 2
    assert seen(merchant, "merchant_review") == []  # a dispute is no answer, and no silence


def test_the_floor_the_window_and_what_was_struck_out(merchant, moment):
    task = open_task(merchant, seats=9)
    applications = [applied(make_anchor(f"Anchor {n}"), task) for n in range(LEAST + 1)]
    for hours, application in enumerate(applications, start=1):
        run(moment, hours=1)
        decline_candidate(actor=merchant.actor, public_id=application.public_id)
        assert value(merchant, "decision")[1] == hours
    assert value(merchant, "decision") == (2.5, 4)
    struck = {"case": "obj_1", "reason": "Our fault.", "by": make_staff("compliance").actor}
    strike("merchant_decision", applications[0].public_id, **struck)
    strike("merchant_decision", applications[0].public_id, **struck)
    assert value(merchant, "decision") == (3.0, 3)
    rows = list_observations(merchant.party, source_of("brand", "merchant_decision")).rows
    assert [one.struck for one in rows] == [None, None, None, "Our fault."]
    for refused in (Strike.objects.all().delete, lambda: Strike.objects.update(reason="None")):
        with pytest.raises(DatabaseError), transaction.atomic():
            refused()
    moment.shift(WINDOW - timedelta(hours=2))  # to the second at which the second one ended, which counts still
    assert value(merchant, "decision") == (3.0, 3)
    moment.shift(timedelta(microseconds=1))
    assert value(merchant, "decision") == (None, 2)
    assert value(make_merchant("New"), "decision") == (None, 0)


def test_one_statement_for_a_record_and_pages_of_observations(merchant, moment):
    task = open_task(merchant, seats=99)
    for n in range(PAGE + 1):
        decline_candidate(actor=merchant.actor, public_id=applied(make_anchor(f"Anchor {n}"), task).public_id)
    party, source = Party.objects.get(pk=merchant.party.pk), source_of("brand", "merchant_decision")
    with CaptureQueriesContext(connection) as asked:
        record_of(party)
        first = list_observations(party, source)
    assert len(asked) == 2
    second = list_observations(party, source, cursor=first.after)
    found = [one.subject for one in (*first.rows, *second.rows)]
    assert (len(first.rows), len(second.rows), second.after, len(set(found))) == (PAGE, 1, "", PAGE + 1)
    assert list_observations(party, source, cursor="mine").rows == first.rows
