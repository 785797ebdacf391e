"""From interest to agreement: applications, the board, offers and counter-offers, seats."""

from datetime import timedelta
from functools import partial

import pytest
import time_machine
from django.db import IntegrityError, transaction

from marketplace.accounts.models import Membership, PartyCard
from marketplace.campaigns.errors import (
    AlreadyApplied,
    AlreadyExtended,
    NoSeatLeft,
    NotEligible,
    NothingChanged,
    NotRepresented,
    NotYourTurn,
    OfferMoved,
    OnlyByInvitation,
    QuoteOutOfRange,
    TaskNotOpen,
    WorkNotShown,
)
from marketplace.campaigns.forms.offer import OfferForm
from marketplace.campaigns.machine import ApplicationState, VTaskState
from marketplace.campaigns.models import Application, Offer, VTask
from marketplace.campaigns.selectors.candidates import board_of, negotiation_of
from marketplace.campaigns.services.applying import withdraw
from marketplace.campaigns.services.choosing import decline_candidate, invite, sort_into
from marketplace.campaigns.services.offers import accept_offer, counter_offer, extend_offer, rescind_offer
from marketplace.campaigns.services.running import pause_task
from marketplace.contracts.errors import ImpossibleTerms, SelfDealing
from marketplace.contracts.models import Contract
from marketplace.contracts.services.signing import decline
from marketplace.core import clock
from marketplace.core.actor import Role
from marketplace.core.errors import Forbidden, IllegalTransition, NotFound
from marketplace.core.models import Event
from marketplace.core.money import Money
from marketplace.core.timers.fire import fire_due
from marketplace.notifications.models import Notice
from marketplace.reliability.selectors.figures import record_of
from tests.factories.deals import sign_as
from tests.factories.people import make_member, make_owner
from tests.factories.tasks import applied, make_anchor, make_merchant, offered, open_task
from tests.factories.world import represented
from tests.support.races import race
from tests.support.relay import relay_all


@pytest.fixture
def task(merchant) -> VTask:
    return open_task(merchant)


@pytest.fixture
def application(task, anchor) -> Application:
    return applied(anchor, task)


def count() -> tuple[int, int, int]:
    return Event.objects.count(), Application.objects.count(), Offer.objects.count()


def counter(person, application, offer, **changed):
    return counter_offer(
        actor=person.actor,
        public_id=application.public_id,
        answers=offer.public_id,
        terms=offer.deal.with_(**changed),
    )


def accept(person, application, offer):
    return accept_offer(actor=person.actor, public_id=application.public_id, answers=offer.public_id)


# --- applying ---


def test_an_anchor_applies_and_the_merchants_clock_runs(task, anchor, merchant):
    application = applied(anchor, task)
    assert (application.state, application.quote_minor, application.portfolio) == ("applied", 1_200_000, [])
    relay_all()
    assert Notice.objects.filter(user=merchant.user, kind="anchor_applied").count() == 1
    with time_machine.travel(clock.now() + timedelta(days=4, hours=23)):
        fire_due()
    application.refresh_from_db()
    assert application.unanswered_at is None
    with time_machine.travel(clock.now() + timedelta(days=5, minutes=1)):
        fire_due()
        relay_all()
        assert fire_due() == 0
    application.refresh_from_db()
    assert (application.state, application.unanswered_at is not None) == ("applied", True)
    assert Notice.objects.filter(kind="application_unanswered", user=merchant.user).count() == 1
    assert Notice.objects.filter(kind="application_still_waiting", user=anchor.user).count() == 1
    with time_machine.travel(clock.now() + timedelta(days=5, minutes=2)):
        unanswered = next(one for one in record_of(merchant.party).readings if one.figure.name == "unanswered")
    assert (unanswered.observations, unanswered.missed, unanswered.value) == (1, 1, None)


def test_work_that_her_page_shows_may_be_chosen_and_no_other(task, anchor):
    shown = {"id": "pfi_1", "caption": "Tea, live", "note": "", "link": "https://video.example/1", "picture": ""}
    card = PartyCard.objects.get(party=anchor.party)
    PartyCard.objects.filter(pk=card.pk).update(facts=card.facts | {"works": [shown]})
    with pytest.raises(WorkNotShown):
        applied(anchor, task, portfolio=("pfi_2",))
    assert not Application.objects.exists()
    assert applied(anchor, task, portfolio=("pfi_1",)).portfolio == ["pfi_1"]


def test_nobody_applies_twice_but_may_again_after_stepping_back(task, anchor, application):
    before = count()
    with pytest.raises(AlreadyApplied):
        applied(anchor, task)
    assert count() == before
    withdraw(actor=anchor.actor, public_id=application.public_id, word="On holiday.")
    assert applied(anchor, task).state == "applied"


def test_ten_clicks_are_one_application(task, anchor):
    results = race(*[partial(applied, anchor, task)] * 10)
    assert sum(isinstance(one, Application) for one in results) == 1, results
    assert Application.objects.count() == 1


@pytest.mark.parametrize(
    ("asked", "lacking"),
    [
        ({"min_followers": 120_001}, ["min_followers"]),
        ({"platforms": ["tiktok"]}, ["platforms"]),
        ({"languages": ["jpn"], "regions": ["CN-SH"]}, ["languages", "regions"]),
        ({"verified_channel": True}, ["verified_channel"]),
    ],
)
def test_whoever_does_not_meet_it_is_told_what_is_missing(merchant, anchor, asked, lacking):
    task = open_task(merchant, **asked)
    with pytest.raises(NotEligible) as caught:
        applied(anchor, task)
    assert caught.value.context["missing"] == lacking
    assert not Application.objects.exists()


def test_merchants_viewers_and_the_task_itself_do_not_apply(task, merchant, anchor):
    for actor in (merchant.actor, make_merchant("Far Away").actor, make_member(anchor.party, Role.VIEWER).actor):
        with pytest.raises(Forbidden):
            applied(type(anchor)(anchor.user, anchor.party, actor), task)
    assert not Application.objects.exists()


def test_paused_full_and_unknown_tasks_take_no_application(task, merchant, anchor):
    pause_task(actor=merchant.actor, public_id=task.public_id)
    with pytest.raises(NotFound):  # whoever is no candidate does not see it any more
        applied(anchor, task)
    other = open_task(merchant)
    first = make_anchor("Gu Ran")
    accept(first, applied_one := applied(first, other), offered(merchant, applied_one))
    with pytest.raises(NotFound):  # its only seat is taken, so it is closed
        applied(anchor, other)


def test_the_deadline_day_is_the_last(merchant, anchor):
    task = open_task(merchant)
    edge = clock.start_of(task.closes_on, "Asia/Shanghai")
    with time_machine.travel(edge + timedelta(seconds=1)), pytest.raises(TaskNotOpen):
        applied(anchor, task)
    with time_machine.travel(edge - timedelta(seconds=1)):
        assert applied(anchor, task).state == "applied"


def test_a_quote_stays_in_its_range(merchant, anchor):
    task = open_task(merchant, price_model="quote_range", fee_minor=1_000_000, fee_max_minor=1_500_000)
    for wrong in (999_999, 1_500_001):
        with pytest.raises(QuoteOutOfRange):
            applied(anchor, task, quote_minor=wrong)
    assert applied(anchor, task, quote_minor=1_400_000).quote_minor == 1_400_000


def test_a_merchant_deals_with_nobody_of_its_own(task, merchant, anchor):
    Membership.objects.create(user=anchor.user, party=merchant.party, role=Role.VIEWER)
    with pytest.raises(SelfDealing):
        applied(anchor, task)
    assert not Application.objects.exists()


def test_an_agency_applies_for_whom_it_represents_and_for_nobody_else(task, anchor):
    agency = make_owner("agency", "North Quay")
    with pytest.raises(NotRepresented):
        applied(agency, task, anchor_public_id=anchor.party.public_id)
    represented(agency, anchor)
    with pytest.raises(NotRepresented):  # the scope of that contract is live, the task a video
        applied(agency, task, anchor_public_id=anchor.party.public_id)
    live = open_live(task.party)
    application = applied(agency, live, anchor_public_id=anchor.party.public_id)
    assert (application.anchor, application.by_party) == (anchor.party, agency.party)
    relay_all()
    assert Notice.objects.filter(user=anchor.user, kind="agency_applied").count() == 1


def open_live(party) -> VTask:
    owner = type("Owner", (), {"actor": party.memberships.first().user and actor_of(party)})
    start = clock.now() + timedelta(days=10)
    return open_task(owner, form="whole_live", live_start=start, live_minutes=120)


def actor_of(party):
    from marketplace.core.actor import Actor

    return Actor(user_id=party.memberships.first().user_id, party_id=party.pk, role=Role.OWNER, can_sign=True)


# --- inviting and sorting ---


def test_an_invitation_is_answered_by_applying_and_lapses_after_seven_days(merchant, anchor):
    task = open_task(merchant, mode="assigned")
    other = make_anchor("Gu Ran")
    with pytest.raises(OnlyByInvitation):
        applied(anchor, task)
    ids = [anchor.party.public_id, other.party.public_id, merchant.party.public_id, "pty_nobody"]
    invited = invite(actor=merchant.actor, task_public_id=task.public_id, anchors=ids, words="We love your tea lives.")
    assert [one.anchor for one in invited] == [anchor.party, other.party]
    assert invite(actor=merchant.actor, task_public_id=task.public_id, anchors=ids, words="") == []
    assert applied(anchor, task).pk == invited[0].pk
    with time_machine.travel(clock.now() + timedelta(days=7, minutes=1)):
        fire_due()
    states = {one.anchor_id: one.state for one in Application.objects.all()}
    assert states == {anchor.party.pk: "applied", other.party.pk: "expired"}


def test_lanes_of_the_board(task, merchant, application):
    for lane in ("shortlisted", "waitlisted", "applied", "applied"):
        assert sort_into(actor=merchant.actor, public_id=application.public_id, lane=lane).state == lane
    lanes = dict(board_of(task))
    assert [one.pk for one in lanes["applied"]] == [application.pk]
    with pytest.raises(Forbidden):
        sort_into(
            actor=make_member(merchant.party, Role.MEMBER).actor, public_id=application.public_id, lane="waitlisted"
        )
    with pytest.raises(NotFound):
        sort_into(actor=make_merchant("Far Away").actor, public_id=application.public_id, lane="waitlisted")


def test_the_anchor_cannot_sort_herself(application, anchor):
    with pytest.raises(Forbidden):
        sort_into(actor=anchor.actor, public_id=application.public_id, lane="shortlisted")


def test_declined_with_a_word(merchant, anchor, application):
    decline_candidate(actor=merchant.actor, public_id=application.public_id, word="We need a bigger kitchen.")
    relay_all()
    assert (
        Notice.objects.get(user=anchor.user, kind="application_declined").facts["word"] == "We need a bigger kitchen."
    )
    with pytest.raises(IllegalTransition):
        offered(merchant, application)


# --- offers ---


def test_offer_counter_counter_accept_is_a_log_in_words_and_a_contract(task, merchant, anchor, application):
    first = offered(merchant, application)
    second = counter(anchor, application, first, fee_minor=1_500_000, revision_rounds=1)
    third = counter(merchant, application, second, fee_minor=1_400_000)
    done = accept(anchor, application, third)
    contract = Contract.objects.get()
    assert (done.state, done.contract) == ("accepted", contract.public_id)
    assert (contract.gross_minor, contract.deal.revision_rounds) == (1_400_000, 1)
    log = negotiation_of(done)
    assert [view.offer.state for view in log] == ["countered", "countered", "accepted"]
    assert log[1].changed == [("Fee", "CNY 12,000.00", "CNY 15,000.00"), ("Rounds of changes", "2", "1")]
    assert contract.extra_round.gross_minor == 120_000  # as the first offer named it
    task.refresh_from_db()
    assert (task.seats_taken, task.state) == (1, VTaskState.CLOSED)


def test_the_price_of_a_further_round_is_negotiated_like_the_rest(merchant, anchor, application):
    first = offered(merchant, application)
    assert first.deal.extra_round == Money(120_000, "CNY")  # a tenth of the fee
    with pytest.raises(ImpossibleTerms):
        counter(anchor, application, first, extra_round_minor=1_200_001)
    second = counter(anchor, application, first, extra_round_minor=200_000)
    third = counter(merchant, application, second, extra_round_minor=0)
    log = negotiation_of(accept(anchor, application, third))
    assert [view.changed for view in log[1:]] == [
        [("A further round of changes", "CNY 1,200.00", "CNY 2,000.00")],
        [("A further round of changes", "CNY 2,000.00", "cannot be bought")],
    ]
    assert Contract.objects.get().extra_round is None


@pytest.mark.parametrize(
    ("typed", "price"), [("", 150_000), ("0", 0), ("999.99", 99_999), ("15,000", 1_500_000), ("15,000.01", None)]
)
def test_the_form_of_an_offer_takes_its_price_or_the_usual_one(merchant, application, typed, price):
    start = offered(merchant, application)
    empty = OfferForm(application=application, before=start)
    values = {name: empty.get_initial_for_field(field, name) for name, field in empty.fields.items()}
    assert values["extra_round"] == "1,200.00"
    form = OfferForm(values | {"fee": "15,000", "extra_round": typed}, application=application, before=start)
    assert form.is_valid() == (price is not None)
    if price is None:
        assert list(form.errors) == ["extra_round"]
    else:
        assert (form.terms.fee_minor, form.terms.extra_round_minor) == (1_500_000, price)


def test_whoever_made_the_offer_does_not_answer_it(merchant, anchor, application):
    offer = offered(merchant, application)
    for act in (accept, partial(counter, fee_minor=1)):
        with pytest.raises(NotYourTurn):
            act(merchant, application, offer)
    countered = counter(anchor, application, offer, fee_minor=1_300_000)
    with pytest.raises(NotYourTurn):
        accept(anchor, application, countered)
    assert not Contract.objects.exists()


def test_the_offer_on_the_screen_is_the_one_that_is_answered(merchant, anchor, application):
    offer = offered(merchant, application)
    counter(anchor, application, offer, fee_minor=1_300_000)
    with pytest.raises(OfferMoved):
        accept(merchant, application, offer)


def test_a_counter_changes_something_and_nothing_that_is_fixed(merchant, anchor, application):
    offer = offered(merchant, application)
    before = count()
    with pytest.raises(NothingChanged):
        counter(anchor, application, offer)
    for wrong in ({"currency": "USD"}, {"fee_minor": 0}, {"disclosure": ""}, {"kill_fee_bp": {}}):
        with pytest.raises(ImpossibleTerms):
            counter(anchor, application, offer, **wrong)
    assert count() == before


def test_an_offer_lapses_after_72_hours_and_can_be_extended_once(merchant, anchor, application):
    offer = offered(merchant, application)
    with pytest.raises(Forbidden):
        extend_offer(actor=anchor.actor, public_id=application.public_id, offer_public_id=offer.public_id)
    extend_offer(actor=merchant.actor, public_id=application.public_id, offer_public_id=offer.public_id)
    with pytest.raises(AlreadyExtended):
        extend_offer(actor=merchant.actor, public_id=application.public_id, offer_public_id=offer.public_id)
    for hours, state in ((143.9, "offered"), (144.1, "expired")):
        with time_machine.travel(offer.created_at + timedelta(hours=hours)):
            fire_due()
            relay_all()
        application.refresh_from_db()
        assert application.state == state
    assert Notice.objects.filter(kind="offer_ends_soon", user=anchor.user).count() == 1
    assert Notice.objects.filter(kind="application_expired").count() == 2
    with pytest.raises(OfferMoved):
        accept(anchor, application, offer)


def test_an_offer_is_taken_back_before_it_is_answered(merchant, anchor, application):
    offer = offered(merchant, application)
    rescind_offer(actor=merchant.actor, public_id=application.public_id, offer_public_id=offer.public_id)
    application.refresh_from_db()
    assert application.state == ApplicationState.SHORTLISTED
    with pytest.raises(OfferMoved):
        accept(anchor, application, offer)


def test_members_of_the_anchors_agency_counter_and_its_leads_accept(merchant, anchor):
    agency = make_owner("agency", "North Quay")
    represented(agency, anchor)
    start = clock.now() + timedelta(days=10)
    task = open_task(merchant, form="whole_live", live_start=start, live_minutes=120)
    application = applied(agency, task, anchor_public_id=anchor.party.public_id)
    offer = offered(merchant, application)
    member = make_member(agency.party, Role.MEMBER)
    with pytest.raises(Forbidden):
        accept(member, application, offer)
    countered = counter(member, application, offer, fee_minor=1_300_000)
    accept(merchant, application, countered)
    contract = Contract.objects.get()
    assert (contract.agency, contract.anchor) == (agency.party, anchor.party)


# --- seats ---


def candidates(task, merchant, number: int) -> list[tuple]:
    found = []
    for n in range(number):
        person = make_anchor(f"Anchor {n}")
        application = applied(person, task)
        found.append((person, application, offered(merchant, application)))
    return found


def test_the_last_seat_by_ten_accepts(merchant):
    task = open_task(merchant, seats=3)
    results = race(*(partial(accept, *one) for one in candidates(task, merchant, 10)))
    assert sum(isinstance(one, Application) for one in results) == 3, results
    assert sum(isinstance(one, NoSeatLeft) for one in results) == 7, results
    task.refresh_from_db()
    assert (task.seats_taken, task.state) == (3, VTaskState.CLOSED)
    assert Contract.objects.count() == 3
    assert Application.objects.filter(state="accepted").count() == 3


def test_the_database_counts_seats_too(task):
    with pytest.raises(IntegrityError), transaction.atomic():
        VTask.objects.filter(pk=task.pk).update(seats_taken=2)


def test_accepted_against_withdrawn_is_one_of_them(merchant, anchor):
    for _ in range(5):
        task = open_task(merchant)
        application = applied(anchor, task)
        offer = offered(merchant, application)
        results = race(
            partial(accept, anchor, application, offer),
            partial(withdraw, actor=anchor.actor, public_id=application.public_id),
        )
        application.refresh_from_db()
        task.refresh_from_db()
        assert sum(isinstance(one, Application) for one in results) == 1, results
        assert (application.state, task.seats_taken) in {("accepted", 1), ("withdrawn", 0)}
        assert Contract.objects.filter(subject=task.public_id).count() == task.seats_taken


def test_accepted_against_taken_back_is_one_of_them(merchant, anchor):
    for _ in range(5):
        task = open_task(merchant)
        application = applied(anchor, task)
        offer = offered(merchant, application)
        results = race(
            partial(accept, anchor, application, offer),
            partial(
                rescind_offer, actor=merchant.actor, public_id=application.public_id, offer_public_id=offer.public_id
            ),
        )
        task.refresh_from_db()
        assert sum(isinstance(one, Application) for one in results) == 1, results
        assert Contract.objects.filter(subject=task.public_id).count() == task.seats_taken


def test_with_the_last_seat_the_others_wait_and_hear_when_it_is_free_again(merchant, anchor):
    task = open_task(merchant)
    waiting = make_anchor("Gu Ran")
    waits = applied(waiting, task)
    application = applied(anchor, task)
    accept(anchor, application, offered(merchant, application))
    waits.refresh_from_db()
    assert waits.state == ApplicationState.WAITLISTED
    decline(actor=anchor.actor, public_id=Contract.objects.get().public_id)
    relay_all()
    task.refresh_from_db()
    application.refresh_from_db()
    assert (task.seats_taken, application.state) == (0, "expired")
    assert Notice.objects.filter(user=waiting.user, kind="seat_free_again").count() == 1
    offer = offered(merchant, Application.objects.get(pk=waits.pk))
    assert accept(waiting, waits, offer).state == "accepted"


def test_unsigned_in_time_the_seat_comes_back(merchant, anchor, task, application):
    accept(anchor, application, offered(merchant, application))
    sign_as(anchor, Contract.objects.get())
    with time_machine.travel(clock.now() + timedelta(hours=73)):
        fire_due()
        relay_all()
    task.refresh_from_db()
    assert task.seats_taken == 0
