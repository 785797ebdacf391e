"""A V task from its first word to the hall, and out of it again."""

from datetime import timedelta

import pytest
import time_machine

from marketplace.campaigns.errors import (
    BudgetNotReserved,
    MerchantNotVerified,
    TaskIncomplete,
    TermsAreFixed,
    WalletDoesNotCover,
)
from marketplace.campaigns.machine import VTaskState
from marketplace.campaigns.models import VTask
from marketplace.campaigns.selectors.budgets import budget_of
from marketplace.campaigns.services.publishing import approve_task, reject_task, submit_task, take_back
from marketplace.campaigns.services.running import (
    archive_task,
    close_task,
    extend_task,
    pause_task,
    reopen_task,
    reserve_task_budget,
    resume_task,
    return_task_budget,
)
from marketplace.campaigns.services.tasks import duplicate_task, file_under, save_task
from marketplace.core import clock
from marketplace.core.actor import Role, StaffRole
from marketplace.core.errors import Forbidden, IllegalTransition, NotFound
from marketplace.core.models import Event
from marketplace.core.money import Money
from marketplace.core.timers.fire import fire_due
from marketplace.ledger import chart
from marketplace.ledger.models import Journal
from marketplace.ledger.selectors import balance_of, open_lots
from marketplace.notifications.models import Notice
from tests.factories.people import make_member, make_owner, make_staff
from tests.factories.tasks import applied, draft, make_merchant, offered, open_task
from tests.factories.world import lot_of
from tests.support.relay import relay_all


def trace() -> tuple[int, int]:
    return Event.objects.count(), Journal.objects.count()


def test_without_a_touched_rule_it_opens_at_once_and_its_merchant_hears(merchant):
    task = open_task(merchant)
    assert (task.state, task.review_hits) == (VTaskState.OPEN, [])
    relay_all()
    assert Notice.objects.filter(user=merchant.user, kind="v_task_opened").count() == 1


def test_a_touched_rule_brings_a_person_in_who_lets_it_open(merchant):
    task = open_task(merchant, selling_points="全网第一的乌龙茶")
    assert task.state == VTaskState.IN_REVIEW
    assert task.review_hits == [{"rule": "superlative", "field": "selling_points", "words": "全网第一"}]
    staff = make_staff(StaffRole.OPERATIONS)
    assert approve_task(actor=staff.actor, public_id=task.public_id).state == VTaskState.OPEN


def test_or_says_what_must_change(merchant):
    task = open_task(merchant, goal="根治失眠")
    staff = make_staff(StaffRole.OPERATIONS)
    rejected = reject_task(actor=staff.actor, public_id=task.public_id, reason="Take the promise out.")
    assert (rejected.state, rejected.review_words) == (VTaskState.REJECTED, "Take the promise out.")
    take_back(actor=merchant.actor, public_id=task.public_id)
    save_task(actor=merchant.actor, public_id=task.public_id, fields={"goal": "Show how it is brewed"})
    assert submit_task(actor=merchant.actor, public_id=task.public_id).state == VTaskState.OPEN


def test_only_operations_review(merchant):
    task = open_task(merchant, goal="根治失眠")
    for actor in (merchant.actor, make_staff(StaffRole.FINANCE).actor, make_owner("brand", "Far Away").actor):
        with pytest.raises(Forbidden):
            approve_task(actor=actor, public_id=task.public_id)
    assert VTask.objects.get().state == VTaskState.IN_REVIEW


def test_after_24_hours_in_review_staff_are_reminded(merchant):
    staff = make_staff(StaffRole.OPERATIONS)
    open_task(merchant, goal="根治失眠")
    with time_machine.travel(clock.now() + timedelta(hours=23)):
        assert fire_due() == 0
    with time_machine.travel(clock.now() + timedelta(hours=25)):
        assert fire_due() == 1
        relay_all()
    assert Notice.objects.filter(user=staff.user, kind="v_task_review_overdue").count() == 1


def test_an_unverified_merchant_keeps_its_draft(committed_db):
    merchant = make_owner("brand", "New Brand")
    task = draft(merchant)
    before = trace()
    with pytest.raises(MerchantNotVerified):
        submit_task(actor=merchant.actor, public_id=task.public_id)
    assert trace() == before


@pytest.mark.parametrize(
    ("changed", "step"),
    [
        ({"title": ""}, "job"),
        ({"platforms": []}, "brief"),
        ({"apply_by": None}, "dates"),
        ({"deliverables": []}, "dates"),
        ({"fee_minor": 0}, "price"),
        ({"form": "whole_live"}, "dates"),
    ],
)
def test_what_is_missing_is_named_by_step(merchant, changed, step):
    task = draft(merchant, **changed)
    with pytest.raises(TaskIncomplete) as caught:
        submit_task(actor=merchant.actor, public_id=task.public_id)
    assert step in caught.value.context["problems"]
    assert VTask.objects.get().state == VTaskState.DRAFT


def test_terms_that_anchors_saw_do_not_change_under_them(merchant):
    task = open_task(merchant)
    with pytest.raises(TermsAreFixed):
        save_task(actor=merchant.actor, public_id=task.public_id, fields={"fee_minor": 1})
    assert VTask.objects.get().fee_minor == 1_200_000


def test_members_draft_and_leads_post(merchant):
    member = make_member(merchant.party, Role.MEMBER)
    task = draft(member)
    with pytest.raises(Forbidden):
        submit_task(actor=member.actor, public_id=task.public_id)
    with pytest.raises(Forbidden):
        draft(make_member(merchant.party, Role.VIEWER))
    manager = make_member(merchant.party, Role.MANAGER)
    assert submit_task(actor=manager.actor, public_id=task.public_id).state == VTaskState.OPEN


def test_another_party_does_not_even_find_it(merchant):
    task = open_task(merchant)
    stranger = make_merchant("Far Away")
    for act in (pause_task, close_task, take_back, duplicate_task, reserve_task_budget):
        with pytest.raises(NotFound):
            act(actor=stranger.actor, public_id=task.public_id)
    with pytest.raises(NotFound):
        save_task(actor=stranger.actor, public_id=task.public_id, fields={"title": "Mine"})


def test_a_copy_is_a_new_draft_without_dates_and_candidates(merchant, anchor):
    task = open_task(merchant)
    file_under(actor=merchant.actor, public_id=task.public_id, campaign="Autumn")
    applied(anchor, task)
    copy = duplicate_task(actor=merchant.actor, public_id=task.public_id)
    assert (copy.state, copy.title, copy.fee_minor, copy.campaign.name) == ("draft", task.title, 1_200_000, "Autumn")
    assert (copy.apply_by, copy.opened_at, copy.seats_taken) == (None, None, 0)
    assert copy.applications.count() == 0


def test_pause_resume_extend(merchant):
    task = open_task(merchant)
    assert pause_task(actor=merchant.actor, public_id=task.public_id).state == VTaskState.PAUSED
    assert resume_task(actor=merchant.actor, public_id=task.public_id).state == VTaskState.OPEN
    later = task.apply_by + timedelta(days=3)
    assert extend_task(actor=merchant.actor, public_id=task.public_id, apply_by=later).apply_by == later
    for wrong in (later, task.publish_until + timedelta(days=1)):
        with pytest.raises(TaskIncomplete):
            extend_task(actor=merchant.actor, public_id=task.public_id, apply_by=wrong)


def test_it_closes_by_itself_when_the_day_of_the_deadline_is_over_in_its_zone(merchant, anchor):
    task = open_task(merchant)
    application = applied(anchor, task)
    edge = clock.start_of(task.closes_on, "Asia/Shanghai")
    with time_machine.travel(edge - timedelta(seconds=1)):
        fire_due()
    task.refresh_from_db()
    assert task.state == VTaskState.OPEN
    with time_machine.travel(edge + timedelta(seconds=1)):
        fire_due()
        assert fire_due() == 0
    task.refresh_from_db()
    application.refresh_from_db()
    assert (task.state, application.state) == (VTaskState.CLOSED, "applied")  # who applied is still decided on


def test_closing_lets_everybody_go_with_a_word(merchant, anchor):
    task = open_task(merchant)
    application = applied(anchor, task)
    offered(merchant, application)
    close_task(actor=merchant.actor, public_id=task.public_id, word="We changed our plans. Thank you.")
    application.refresh_from_db()
    assert (application.state, application.closing_words) == ("declined", "We changed our plans. Thank you.")
    assert application.offers.get().state == "declined"
    relay_all()
    assert Notice.objects.get(user=anchor.user, kind="application_declined").facts["word"].startswith("We changed")


def test_a_closed_task_opens_again_for_the_seats_that_are_left(merchant):
    task = open_task(merchant)
    close_task(actor=merchant.actor, public_id=task.public_id)
    again = reopen_task(actor=merchant.actor, public_id=task.public_id, apply_by=task.apply_by)
    assert (again.state, again.closed_at) == (VTaskState.OPEN, None)
    close_task(actor=merchant.actor, public_id=task.public_id)
    assert archive_task(actor=merchant.actor, public_id=task.public_id).state == VTaskState.ARCHIVED
    with pytest.raises(IllegalTransition):
        reopen_task(actor=merchant.actor, public_id=task.public_id, apply_by=task.apply_by)


# --- the reserved budget ---


def wallet(merchant) -> int:
    return balance_of(chart.wallet(merchant.party.public_id, merchant.party.pk), "CNY").amount_minor


def held(task: VTask) -> int:
    return balance_of(chart.reserved(task.public_id, task.party_id), "CNY").amount_minor


def test_the_whole_budget_is_set_aside_and_comes_back(merchant):
    task = draft(merchant, seats=2)
    assert budget_of(task) == Money(2 * 1_263_600, "CNY")
    for amount in (1_000_000, 2_000_000):
        lot_of(merchant, amount)
    reserve_task_budget(actor=merchant.actor, public_id=task.public_id)
    reserve_task_budget(actor=merchant.actor, public_id=task.public_id)  # again: nothing happens
    assert (wallet(merchant), held(task)) == (3_000_000 - 2_527_200, 2_527_200)
    assert [lot.amount_minor for lot in open_lots(chart.reserved(task.public_id, task.party_id))] == [
        1_000_000,
        1_527_200,
    ]
    return_task_budget(actor=merchant.actor, public_id=task.public_id)
    assert (wallet(merchant), held(task)) == (3_000_000, 0)
    reserve_task_budget(actor=merchant.actor, public_id=task.public_id)
    assert held(task) == 2_527_200


def test_a_wallet_that_does_not_cover_it_stays_as_it_is(merchant):
    task = draft(merchant)
    lot_of(merchant, 1_263_599)
    before = trace()
    with pytest.raises(WalletDoesNotCover):
        reserve_task_budget(actor=merchant.actor, public_id=task.public_id)
    assert (trace(), wallet(merchant)) == (before, 1_263_599)


def test_money_is_reserved_by_those_who_move_money(merchant):
    task = draft(merchant)
    lot_of(merchant, 2_000_000)
    for role in (Role.MANAGER, Role.MEMBER, Role.VIEWER):
        with pytest.raises(Forbidden):
            reserve_task_budget(actor=make_member(merchant.party, role).actor, public_id=task.public_id)
    assert reserve_task_budget(
        actor=make_member(merchant.party, Role.FINANCE).actor, public_id=task.public_id
    ).is_funded


def test_an_open_submission_stands_on_reserved_money(merchant):
    task = draft(merchant, mode="open_submission")
    with pytest.raises(BudgetNotReserved):
        submit_task(actor=merchant.actor, public_id=task.public_id)
    lot_of(merchant, 2_000_000)
    reserve_task_budget(actor=merchant.actor, public_id=task.public_id)
    assert submit_task(actor=merchant.actor, public_id=task.public_id).state == VTaskState.OPEN
    with pytest.raises(IllegalTransition):  # anchors rely on it
        return_task_budget(actor=merchant.actor, public_id=task.public_id)
    close_task(actor=merchant.actor, public_id=task.public_id)
    assert (wallet(merchant), held(task)) == (2_000_000, 0)


def test_reserved_money_keeps_the_clock_of_its_charge(merchant):
    task = draft(merchant)
    lot_of(merchant, 2_000_000)
    reserve_task_budget(actor=merchant.actor, public_id=task.public_id)
    relay_all()
    with time_machine.travel(clock.now() + timedelta(days=86)):
        while fire_due():
            pass
        relay_all()
    task.refresh_from_db()
    # What was never reserved has no clock here: the factory posts its charge without one.
    assert (task.reserved_minor, held(task), wallet(merchant)) == (0, 0, 2_000_000 - 1_263_600)
    assert Notice.objects.filter(kind="reserve_lapsed", user=merchant.user).count() == 1
