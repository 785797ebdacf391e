"""Two people look at a large payout run: neither the program nor the database lets one of them be enough."""

from datetime import timedelta
from functools import partial

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.db.models import F

from marketplace.core import clock
from marketplace.core.actor import Actor, StaffRole
from marketplace.core.errors import Forbidden, IllegalTransition
from marketplace.core.models import Event
from marketplace.core.timers.fire import fire_due
from marketplace.notifications.models import Notice, OutgoingMail
from marketplace.payments.errors import AlreadyApproved, NothingToPayOut, RunUnderWay
from marketplace.payments.flows.pay_out import carry_out, run_weekly_payouts
from marketplace.payments.models import Payout, PayoutRun, PayoutRunMember
from marketplace.payments.payout_rules import next_run
from marketplace.payments.selectors.earnings import earnings_of
from marketplace.payments.services.payout_runs import approve_payout_run, goes_alone, plan_payout_run
from tests.factories.people import Person, make_staff
from tests.factories.ready import payees_with_money
from tests.support.races import race
from tests.support.relay import relay_all

SYSTEM = Actor.system("test")


@pytest.fixture
def finance(committed_db, settings) -> tuple[Person, Person]:
    """Two of them; two payees with CNY 50.00 each, a cent more than goes by itself."""
    settings.PAYOUT_RUN_ALONE_MINOR = {"CNY": 9_999}
    payees_with_money(2)
    return make_staff(StaffRole.FINANCE), make_staff(StaffRole.FINANCE)


def waiting() -> PayoutRun:
    assert run_weekly_payouts() == 0
    relay_all()
    run = PayoutRun.objects.get()
    assert (run.state, run.alone, Payout.objects.count()) == ("planned", False, 0)
    return run


def approve(person: Person, run: PayoutRun) -> PayoutRun:
    return approve_payout_run(actor=person.actor, public_id=run.public_id)


def told(person: Person) -> list[str]:
    return list(Notice.objects.filter(user=person.user).order_by("pk").values_list("kind", flat=True))


def test_at_the_limit_it_goes_alone_a_cent_above_it_waits(settings):
    settings.PAYOUT_RUN_ALONE_MINOR = {"CNY": 10_000, "JPY": 500}
    assert goes_alone([("CNY", 10_000), ("JPY", 500)])
    assert not goes_alone([("CNY", 10_001), ("JPY", 500)])
    assert not goes_alone([("CNY", 6_000), ("CNY", 4_001)])
    assert not goes_alone([("CNY", 1), ("USD", 1)])


def test_above_the_limit_it_waits_for_two_people_who_are_told(finance, settings):
    one, other = finance
    settings.PAYOUT_RUN_ALONE_MINOR = {"CNY": 10_000}
    assert run_weekly_payouts() == 1
    payees_with_money(3)
    run = waiting_second()
    assert (told(one), told(other)) == (["payout_run_waits"], ["payout_run_waits"])
    assert OutgoingMail.objects.filter(to=one.user.email, subject__contains="CNY 150.00").count() == 1
    approve(one, run)
    relay_all()
    run.refresh_from_db()
    assert (run.state, run.first_by, run.second_by) == ("planned", one.user, None)
    assert (told(one), told(other)) == (["payout_run_waits"], ["payout_run_waits", "payout_run_second"])
    assert carry_out(run.public_id) == 0
    approve(other, run)
    relay_all()
    run.refresh_from_db()
    assert (run.state, run.first_by, run.second_by) == ("done", one.user, other.user)
    assert PayoutRunMember.objects.filter(run=run, outcome="posted").count() == 3


def waiting_second() -> PayoutRun:
    assert run_weekly_payouts() == 0
    relay_all()
    return PayoutRun.objects.latest("pk")


def test_one_person_twice_is_refused_and_changes_nothing(finance):
    one, other = finance
    run = waiting()
    approve(one, run)
    before = Event.objects.count()
    with pytest.raises(AlreadyApproved):
        approve(one, run)
    run.refresh_from_db()
    assert (run.state, run.first_by, run.second_by) == ("planned", one.user, None)
    assert Event.objects.count() == before
    approve(other, run)
    with pytest.raises(IllegalTransition):
        approve(one, run)


def test_the_database_refuses_what_the_program_would(finance):
    one, other = finance
    waiting()
    rows = PayoutRun.objects.all()
    rows.update(first_by=one.user)
    for change in (
        {"second_by": F("first_by")},
        {"state": "approved"},
        {"state": "running"},
        {"alone": True, "planned_by": one.user},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**change)
    rows.update(second_by=other.user, state="approved")
    with pytest.raises(IntegrityError), transaction.atomic():
        PayoutRun.objects.create(expires_at=clock.now())


def test_two_who_click_at_once_are_two_and_one_who_clicks_twice_is_one(finance):
    one, other = finance
    run = waiting()
    answers = race(*[partial(approve, one, run)] * 2)
    assert sorted(type(answer).__name__ for answer in answers) == ["AlreadyApproved", "PayoutRun"]
    run.refresh_from_db()
    assert (run.state, run.first_by) == ("planned", one.user)
    third = make_staff(StaffRole.FINANCE)
    answers = race(partial(approve, other, run), partial(approve, third, run))
    assert sorted(type(answer).__name__ for answer in answers) == ["IllegalTransition", "PayoutRun"]
    run.refresh_from_db()
    assert run.state == "approved"
    assert {run.first_by, run.second_by} in ({one.user, other.user}, {one.user, third.user})
    relay_all()
    assert Payout.objects.count() == 2


def test_what_a_person_plans_takes_two_however_little_it_is(finance, settings):
    one, other = finance
    settings.PAYOUT_RUN_ALONE_MINOR = {"CNY": 10_000_000}
    run = plan_payout_run(actor=one.actor)
    assert (run.state, run.alone, run.planned_by) == ("planned", False, one.user)
    with pytest.raises(RunUnderWay):
        plan_payout_run(actor=other.actor)
    approve(one, run)
    approve(other, run)
    relay_all()
    assert Payout.objects.count() == 2
    with pytest.raises(NothingToPayOut):
        plan_payout_run(actor=one.actor)
    assert PayoutRun.objects.count() == 1


def test_after_72_hours_it_is_cancelled_and_finance_is_told(finance):
    one, other = finance
    run = waiting()
    approve(one, run)
    with time_machine.travel(run.expires_at - timedelta(seconds=1), tick=False):
        fire_due()
        run.refresh_from_db()
        assert run.state == "planned"
    with time_machine.travel(run.expires_at + timedelta(seconds=1), tick=True):
        fire_due()
        relay_all()
        run.refresh_from_db()
        assert (run.state, Payout.objects.count()) == ("cancelled", 0)
        assert set(PayoutRunMember.objects.values_list("outcome", "reason")) == {("dropped", "cancelled")}
        assert "payout_run_lapsed" in told(one)
        assert "payout_run_lapsed" in told(other)
        with pytest.raises(IllegalTransition):
            approve(other, run)
        assert PayoutRunMember.objects.filter(run=plan_payout_run(actor=one.actor)).count() == 2


def test_once_approved_it_does_not_lapse(finance):
    run = waiting()
    for person in finance:
        approve(person, run)
    with time_machine.travel(run.expires_at + timedelta(hours=1), tick=True):
        fire_due()
        relay_all()
    run.refresh_from_db()
    assert run.state == "done"


def test_a_payee_reads_that_her_money_is_in_a_run_that_is_looked_over(finance):
    run = waiting()
    party = PayoutRunMember.objects.earliest("pk").party
    hers = Actor(party_id=party.pk)
    earnings = earnings_of(hers, party)
    assert earnings.purses[0].in_run == run.planned_at
    assert earnings.next_run == next_run(clock.now())
    for person in finance:
        approve(person, run)
    relay_all()
    assert earnings_of(hers, party).purses[0].in_run is None


@pytest.mark.parametrize("role", [StaffRole.OPERATIONS, StaffRole.COMPLIANCE])
def test_other_staff_approve_nothing(finance, role):
    run = waiting()
    with pytest.raises(Forbidden):
        approve(make_staff(role), run)
    run.refresh_from_db()
    assert run.first_by is None
