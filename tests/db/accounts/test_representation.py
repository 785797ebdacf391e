from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest
import time_machine

from marketplace.accounts.errors import AlreadyRepresented, NotTheirTurn, RequestPending, WrongSides
from marketplace.accounts.machine import RepresentationState
from marketplace.accounts.models import Representation
from marketplace.accounts.representation_terms import Terms
from marketplace.accounts.services.representations import (
    accept_representation,
    answer_change,
    ask_change,
    ask_representation,
    close_request,
    end_representation,
    keep_representation,
)
from marketplace.core import clock
from marketplace.core.actor import Role
from marketplace.core.errors import Forbidden, IllegalTransition, NotFound
from marketplace.core.timers.fire import fire_due
from marketplace.notifications.models import Notice
from tests.factories.people import make_member, make_owner
from tests.support.races import race
from tests.support.relay import relay_all


def terms(**changes) -> Terms:
    usual = Terms(
        scope=("live",), fee_share_bp=1500, cps_share_bp=1000, starts_on=clock.today(), ends_before=None, notice_days=30
    )
    return replace(usual, **changes)


def pair():
    return make_owner("agency", "Northquay PGC"), make_owner("anchor", "Xia Wei")


def ask(asking, asked, **changes) -> Representation:
    return ask_representation(
        actor=asking.actor, other_public_id=asked.party.public_id, terms=terms(**changes), message=""
    )


@pytest.mark.django_db
@pytest.mark.parametrize("anchor_asks", [True, False])
def test_either_side_asks_the_other_accepts_and_is_told(anchor_asks):
    agency, anchor = pair()
    asking, asked = (anchor, agency) if anchor_asks else (agency, anchor)
    found = ask(asking, asked)
    with pytest.raises(NotTheirTurn):
        accept_representation(actor=asking.actor, public_id=found.public_id)
    accepted = accept_representation(actor=asked.actor, public_id=found.public_id)
    assert accepted.state == RepresentationState.ACTIVE
    assert (accepted.agency, accepted.anchor) == (agency.party, anchor.party)
    relay_all()
    told = {(notice.user_id, notice.kind) for notice in Notice.objects.all()}
    assert told == {(asked.user.pk, "representation_asked"), (asking.user.pk, "representation_accepted")}


@pytest.mark.django_db
def test_only_an_agency_and_an_anchor_can_be_the_sides():
    with pytest.raises(WrongSides):
        ask(make_owner("agency"), make_owner("brand"))
    with pytest.raises(WrongSides):
        ask(make_owner("anchor"), make_owner("anchor"))


@pytest.mark.django_db
def test_a_stranger_sees_nothing_and_a_viewer_may_not_act():
    agency, anchor = pair()
    found = ask(agency, anchor)
    with pytest.raises(NotFound):
        accept_representation(actor=make_owner("anchor", "Other").actor, public_id=found.public_id)
    with pytest.raises(Forbidden):
        close_request(actor=make_member(agency.party, Role.VIEWER).actor, public_id=found.public_id)
    with pytest.raises(RequestPending):
        ask(agency, anchor)


@pytest.mark.django_db
def test_one_agency_at_a_time():
    agency, anchor = pair()
    second = make_owner("agency", "Southquay")
    waiting = ask(second, anchor)
    accept_representation(actor=anchor.actor, public_id=ask(agency, anchor).public_id)
    with pytest.raises(AlreadyRepresented):
        ask(make_owner("agency", "Eastquay"), anchor)
    with pytest.raises(AlreadyRepresented):
        accept_representation(actor=anchor.actor, public_id=waiting.public_id)


def test_two_requests_accepted_at_once_are_one_representation(committed_db):
    agency, anchor = pair()
    requests = [ask(agency, anchor), ask(make_owner("agency", "Southquay"), anchor)]
    results = race(*(partial(accept_representation, actor=anchor.actor, public_id=r.public_id) for r in requests))
    assert sum(isinstance(result, AlreadyRepresented) for result in results) == 1, results
    assert Representation.objects.filter(state="active").count() == 1


@pytest.mark.django_db
def test_without_an_answer_a_request_lapses_after_seven_days():
    agency, anchor = pair()
    found = ask(agency, anchor)
    with time_machine.travel(clock.now() + timedelta(days=7, minutes=1)):
        assert fire_due() == 1
        with pytest.raises(IllegalTransition):
            accept_representation(actor=anchor.actor, public_id=found.public_id)
    found.refresh_from_db()
    assert found.state == RepresentationState.EXPIRED


@pytest.mark.django_db
def test_other_terms_hold_only_when_the_other_side_accepts():
    agency, anchor = pair()
    found = ask(agency, anchor)
    accept_representation(actor=anchor.actor, public_id=found.public_id)
    ask_change(actor=agency.actor, public_id=found.public_id, terms=terms(fee_share_bp=2000))
    with pytest.raises(NotTheirTurn):
        answer_change(actor=agency.actor, public_id=found.public_id, accept=True)
    found.refresh_from_db()
    assert found.fee_share_bp == 1500
    answer_change(actor=anchor.actor, public_id=found.public_id, accept=True)
    found.refresh_from_db()
    assert (found.fee_share_bp, found.state, found.proposed_change) == (2000, RepresentationState.ACTIVE, None)


@pytest.mark.django_db
def test_a_change_without_an_answer_leaves_the_old_terms():
    agency, anchor = pair()
    found = ask(agency, anchor)
    accept_representation(actor=anchor.actor, public_id=found.public_id)
    ask_change(actor=anchor.actor, public_id=found.public_id, terms=terms(fee_share_bp=500))
    with time_machine.travel(clock.now() + timedelta(days=7, minutes=1)):
        fire_due()
    found.refresh_from_db()
    assert (found.fee_share_bp, found.state) == (1500, RepresentationState.ACTIVE)


@pytest.mark.django_db
@pytest.mark.parametrize(("notice", "days"), [(30, 30), (3, 7)])
def test_it_ends_by_itself_when_the_notice_is_over_never_before_seven_days(notice, days):
    agency, anchor = pair()
    found = ask(agency, anchor, notice_days=notice)
    accept_representation(actor=anchor.actor, public_id=found.public_id)
    end_representation(actor=anchor.actor, public_id=found.public_id)
    with pytest.raises(NotTheirTurn):
        keep_representation(actor=agency.actor, public_id=found.public_id)
    with time_machine.travel(clock.start_of(clock.today() + timedelta(days=days - 1))):
        assert fire_due() == 0
    with time_machine.travel(clock.start_of(clock.today() + timedelta(days=days)) + timedelta(minutes=1)):
        assert fire_due() == 1
    found.refresh_from_db()
    assert found.state == RepresentationState.ENDED
    assert not Representation.objects.in_force().filter(anchor=anchor.party).exists()


@pytest.mark.django_db
def test_a_notice_can_be_taken_back_while_it_runs():
    agency, anchor = pair()
    found = ask(agency, anchor)
    accept_representation(actor=anchor.actor, public_id=found.public_id)
    end_representation(actor=agency.actor, public_id=found.public_id)
    kept = keep_representation(actor=agency.actor, public_id=found.public_id)
    assert (kept.state, kept.ends_on) == (RepresentationState.ACTIVE, None)
    with time_machine.travel(clock.now() + timedelta(days=60)):
        assert fire_due() == 0
