"""Finance pauses all payouts: nothing new begins at any stage, nothing fails, and all of it goes on afterwards."""

from datetime import timedelta
from functools import partial

import pytest
import time_machine
from django.db import DatabaseError, transaction

from marketplace.core import clock
from marketplace.core.actor import Actor, StaffRole
from marketplace.core.errors import Forbidden
from marketplace.core.models import Event
from marketplace.core.timers.fire import fire_due
from marketplace.notifications.models import Notice
from marketplace.payments.errors import PauseUnchanged, PayoutsPaused, ProviderUnknown, ReasonNeeded
from marketplace.payments.flows.pay_out import carry_out, run_weekly_payouts, submit_payout
from marketplace.payments.flows.refresh import resolve_unknown
from marketplace.payments.models import Payout, PayoutGuard, PayoutPause, PayoutRun, PayoutRunMember, Transfer
from marketplace.payments.payout_rules import next_run
from marketplace.payments.selectors.earnings import earnings_of
from marketplace.payments.services.payout_account import freeze_payee, thaw_payouts
from marketplace.payments.services.payout_pause import pause_payouts, resume_payouts
from marketplace.payments.services.payout_runs import (
    approve_payout_run,
    plan_payout_run,
    post_members,
    start_payout_run,
)
from marketplace.payments.services.payouts import ask_payout
from tests.factories.payees import payee, released, topped_up
from tests.factories.people import Person, make_owner, make_staff
from tests.factories.ready import payees_with_money
from tests.support.races import race
from tests.support.relay import relay_all

SYSTEM = Actor.system("test")
PART = 120_000


@pytest.fixture
def staff(committed_db) -> Person:
    return make_staff(StaffRole.FINANCE)


@pytest.fixture
def anchor(at_bank, merchant) -> Person:
    """CNY 1,200.00 on her account at the bank, and as much again on its way to it, past the week of a first payout."""
    anchor = payee(at_bank, make_owner("anchor", "Xia Wei"))
    topped_up(at_bank, merchant, 1_000_000)
    released(merchant, (anchor.party, PART))
    relay_all()
    with time_machine.travel(clock.now() + timedelta(days=8), tick=True):
        fire_due()
        relay_all()
        yield anchor


def pause(person: Person, reason: str = "The bank told us of a fault.") -> PayoutPause:
    return pause_payouts(actor=person.actor, reason=reason)


def resume(person: Person) -> PayoutPause:
    return resume_payouts(actor=person.actor, reason="It is mended.")


def test_who_when_and_why_are_kept_and_one_of_two_who_click_wins(staff):
    other = make_staff(StaffRole.FINANCE)
    for act in (pause_payouts, resume_payouts):
        with pytest.raises(ReasonNeeded):
            act(actor=staff.actor, reason="  ")
        with pytest.raises(Forbidden):
            act(actor=make_staff(StaffRole.OPERATIONS).actor, reason="Why not?")
    with pytest.raises(PauseUnchanged):
        resume(staff)
    assert (PayoutPause.objects.count(), Event.objects.filter(name__startswith="payouts.").count()) == (0, 0)
    answers = race(partial(pause, staff), partial(pause, other))
    assert sorted(type(answer).__name__ for answer in answers) == ["PauseUnchanged", "PayoutPause"]
    resume(other)
    rows = list(PayoutPause.objects.order_by("number").values_list("number", "paused", "reason"))
    assert rows == [(1, True, "The bank told us of a fault."), (2, False, "It is mended.")]
    for change in (lambda rows: rows.update(reason="x"), lambda rows: rows.delete()):
        with pytest.raises(DatabaseError), transaction.atomic():
            change(PayoutPause.objects.all())


def test_nothing_is_planned(staff):
    payees_with_money(2)
    pause(staff)
    assert run_weekly_payouts() == 0
    with pytest.raises(PayoutsPaused):
        plan_payout_run(actor=staff.actor)
    assert not PayoutRun.objects.exists()


def test_nothing_is_approved(staff, settings):
    settings.PAYOUT_RUN_ALONE_MINOR = {}
    payees_with_money(2)
    run = plan_payout_run(actor=SYSTEM)
    approve_payout_run(actor=staff.actor, public_id=run.public_id)
    pause(staff)
    before, other = Event.objects.count(), make_staff(StaffRole.FINANCE)
    with pytest.raises(PayoutsPaused):
        approve_payout_run(actor=other.actor, public_id=run.public_id)
    run.refresh_from_db()
    assert (run.state, run.second_by, Event.objects.count()) == ("planned", None, before)
    resume(staff)
    approve_payout_run(actor=other.actor, public_id=run.public_id)
    relay_all()
    assert Payout.objects.count() == 2


@pytest.mark.parametrize("posted", [0, 2])
def test_nothing_is_posted_before_the_first_chunk_and_between_two(staff, posted):
    payees_with_money(5)
    public_id = plan_payout_run(actor=SYSTEM).public_id
    if posted:
        start_payout_run(actor=SYSTEM, public_id=public_id)
        post_members(actor=SYSTEM, public_id=public_id, chunk=posted)
    pause(staff)
    relay_all()
    assert carry_out(public_id) == 0
    assert post_members(actor=SYSTEM, public_id=public_id, chunk=5) == 0
    assert PayoutRun.objects.get().state == ("running" if posted else "approved")
    assert PayoutRunMember.objects.filter(outcome="posted").count() == Payout.objects.count() == posted
    resume(staff)
    relay_all()
    assert PayoutRun.objects.get().state == "done"
    assert Payout.objects.count() == 5


def test_a_pause_waits_for_what_was_decided_by_looking_at_the_switch(staff):
    """Nobody who saw that payouts go on is still about to write when a pause has returned."""
    payees_with_money(60)
    public_id = plan_payout_run(actor=SYSTEM).public_id
    start_payout_run(actor=SYSTEM, public_id=public_id)

    def posted_when_paused() -> int:
        pause(staff)
        return PayoutRunMember.objects.filter(outcome="posted").count()

    chunks = [partial(post_members, actor=SYSTEM, public_id=public_id, chunk=10) for _ in range(3)]
    seen, *_rest = race(posted_when_paused, *chunks)
    assert PayoutRunMember.objects.filter(outcome="posted").count() == seen


def test_on_demand_and_on_its_way_everything_waits_and_goes_on(staff, at_bank, merchant, anchor):
    payout = ask_payout(actor=anchor.actor, currency="CNY", key="before")
    pause(staff)
    [transfer] = released(merchant, (anchor.party, PART))
    told = Notice.objects.filter(user=anchor.user).count()
    for _ in range(2):
        relay_all()
        resolve_unknown(unchecked_for=timedelta(0))
    payout.refresh_from_db()
    transfer.refresh_from_db()
    assert [(one.state, one.stopped, one.hold, one.failure) for one in (payout, transfer)] == [
        ("pending", True, "", "")
    ] * 2
    assert Notice.objects.filter(user=anchor.user).count() == told
    with pytest.raises(PayoutsPaused):
        ask_payout(actor=anchor.actor, currency="CNY", key="meanwhile")
    assert ask_payout(actor=anchor.actor, currency="CNY", key="before") == payout
    assert earnings_of(anchor.actor, anchor.party).next_run is None
    resume(staff)
    relay_all()
    payout.refresh_from_db()
    transfer.refresh_from_db()
    assert (payout.state, payout.stopped) == ("in_transit", False)
    assert (transfer.state, transfer.stopped) == ("done", False)
    assert earnings_of(anchor.actor, anchor.party).next_run == next_run(clock.now())


def test_what_the_bank_was_asked_before_is_asked_about_but_not_asked_for_again(staff, at_bank, anchor):
    at_bank.fault("payout.create", "error_500_during", count=1)
    payout = ask_payout(actor=anchor.actor, currency="CNY", key="now")
    with pytest.raises(ProviderUnknown):
        submit_payout(payout.public_id)
    pause(staff)
    with time_machine.travel(clock.now() + timedelta(minutes=5), tick=True):
        for _ in range(3):
            resolve_unknown(unchecked_for=timedelta(0))
        payout.refresh_from_db()
        assert (payout.state, payout.epoch) == ("submitting", 1)
        resume(staff)
        relay_all()
        resolve_unknown(unchecked_for=timedelta(0))
        payout.refresh_from_db()
        assert (payout.state, payout.epoch) == ("in_transit", 2)


def test_what_the_bank_answers_meanwhile_is_written_down(staff, at_bank, anchor):
    payout = ask_payout(actor=anchor.actor, currency="CNY", key="now")
    submit_payout(payout.public_id)
    pause(staff)
    payout.refresh_from_db()
    at_bank.settle_payout(payout.provider_payout)
    resolve_unknown(unchecked_for=timedelta(0))
    payout.refresh_from_db()
    assert payout.state == "paid"


def test_a_monday_that_was_missed_is_made_up_for(staff):
    payees_with_money(2)
    monday = next_run(clock.now())
    with time_machine.travel(monday - timedelta(hours=1), tick=True):
        pause(staff)
    with time_machine.travel(monday - timedelta(minutes=30), tick=True):
        resume(staff)
        relay_all()
        assert not PayoutRun.objects.exists()
        pause(staff)
    with time_machine.travel(monday + timedelta(days=1), tick=True):
        assert run_weekly_payouts() == 0
        resume(staff)
        relay_all()
        assert PayoutRun.objects.get().state == "done"
        assert Payout.objects.count() == 2


def test_finance_freezes_one_payee_and_thaws_her(staff, anchor):
    [other] = payees_with_money(1)
    freeze_payee(actor=staff.actor, party_public_id=anchor.party.public_id)
    freeze_payee(actor=staff.actor, party_public_id=anchor.party.public_id)
    assert Event.objects.filter(name="payouts.frozen").count() == 1
    guard = PayoutGuard.objects.get()
    assert (guard.party, guard.frozen_by, guard.changed_at) == (anchor.party, staff.user, None)
    run_weekly_payouts()
    assert [payout.party for payout in Payout.objects.all()] == [other]
    thaw_payouts(actor=staff.actor, party_public_id=anchor.party.public_id)
    run_weekly_payouts()
    assert Payout.objects.filter(party=anchor.party).count() == 1
    with pytest.raises(Forbidden):
        freeze_payee(actor=anchor.actor, party_public_id=other.public_id)


def test_a_frozen_payee_reads_that_staff_look_into_it(staff, merchant, anchor):
    freeze_payee(actor=staff.actor, party_public_id=anchor.party.public_id)
    [transfer] = released(merchant, (anchor.party, PART))
    relay_all()
    transfer.refresh_from_db()
    assert (transfer.state, transfer.hold) == ("on_hold", Transfer.Hold.FROZEN)
    assert Notice.objects.filter(user=anchor.user, kind="transfer_held_staff").count() == 1
