"""Above the party's limit a second person approves; until then nothing moves, and nobody is her own second person."""

from datetime import timedelta
from functools import partial

import pytest
import time_machine
from django.db import IntegrityError, transaction

from marketplace.core import clock
from marketplace.core.actor import Role
from marketplace.core.errors import Forbidden, IllegalTransition, NotFound
from marketplace.core.models import Event
from marketplace.core.money import Money
from marketplace.core.timers.fire import fire_due
from marketplace.ledger import chart
from marketplace.ledger.models import Journal
from marketplace.ledger.selectors import balance_of
from marketplace.notifications.models import Notice
from marketplace.payments.errors import NoSecondPerson, OwnRequest, RefundTooLarge
from marketplace.payments.machine import ApprovalState
from marketplace.payments.models import Approval, ApprovalLimit, Funding, Refund
from marketplace.payments.services.approvals import approve, decline, set_limit
from marketplace.payments.services.funding import ask_top_up
from marketplace.payments.services.refunds import ask_refund
from tests.factories.people import Person, make_member, make_owner
from tests.factories.world import lot_of
from tests.support.races import race
from tests.support.relay import relay_all

LIMIT = 50_000
ABOVE = Money(LIMIT + 1, "CNY")


@pytest.fixture
def finance(merchant) -> Person:
    return make_member(merchant.party, Role.FINANCE)


@pytest.fixture
def limited(merchant, finance) -> Person:
    """The owner of a party with a limit of CNY 500.00 and a finance colleague."""
    assert set_limit(actor=merchant.actor, currency="CNY", limit_minor=LIMIT) is None
    return merchant


def top_up(owner: Person, money: Money = ABOVE, key: str = "form"):
    return ask_top_up(actor=owner.actor, money=money, provider="test_bank", key=key)


def refund(owner: Person, lot: str, money: Money = ABOVE, key: str = "back"):
    return ask_refund(actor=owner.actor, lot_public_id=lot, money=money, key=key)


def wallet(owner: Person) -> int:
    return balance_of(chart.wallet(owner.party.public_id, owner.party.pk), "CNY").amount_minor


def trace() -> tuple[int, int]:
    return Event.objects.count(), Journal.objects.count()


def test_up_to_the_limit_one_person_is_enough(limited):
    assert isinstance(top_up(limited, Money(LIMIT, "CNY")), Funding)
    assert isinstance(top_up(limited, Money(99_000, "USD"), "dollars"), Funding)  # the limit is of one currency


def test_above_it_nothing_moves_before_a_second_person_approves(limited, finance):
    lot = lot_of(limited)
    asked = refund(limited, lot)
    assert isinstance(asked, Approval)
    assert refund(limited, lot).public_id == asked.public_id  # the same form twice is one request
    relay_all()
    assert (wallet(limited), Refund.objects.count()) == (100_000, 0)
    assert list(Notice.objects.values_list("user", "kind")) == [(finance.user.pk, "approval_asked")]

    done = approve(actor=finance.actor, public_id=asked.public_id)
    sent = Refund.objects.get()
    assert (done.state, done.result, done.decided_by) == (ApprovalState.APPROVED, sent.public_id, finance.user)
    assert (sent.money, wallet(limited)) == (ABOVE, 100_000 - ABOVE.amount_minor)


def test_an_approved_payment_in_belongs_to_whoever_asked(limited, finance):
    asked = top_up(limited)
    approve(actor=finance.actor, public_id=asked.public_id)
    funding = Funding.objects.get()
    assert (funding.asked_by, funding.money) == (limited.user, ABOVE)


def test_nobody_approves_her_own_request(limited, finance):
    asked = top_up(limited)
    before = trace()
    with pytest.raises(OwnRequest):
        approve(actor=limited.actor, public_id=asked.public_id)
    for role in (Role.MANAGER, Role.MEMBER, Role.VIEWER):
        with pytest.raises(Forbidden):
            approve(actor=make_member(limited.party, role).actor, public_id=asked.public_id)
    with pytest.raises(NotFound):
        approve(actor=make_owner(name="Far Away").actor, public_id=asked.public_id)
    assert trace()[1] == before[1]
    assert Approval.objects.get().state == ApprovalState.ASKED


def test_the_database_refuses_it_too(limited, finance):
    asked = top_up(limited)
    for who in (limited.user.pk, None):
        with pytest.raises(IntegrityError), transaction.atomic():
            Approval.objects.filter(pk=asked.pk).update(state="approved", decided_by=who)


def test_declined_and_taken_back_move_nothing_and_are_final(limited, finance):
    declined, withdrawn = top_up(limited), top_up(limited, key="other")
    assert decline(actor=finance.actor, public_id=declined.public_id).state == ApprovalState.DECLINED
    assert decline(actor=limited.actor, public_id=withdrawn.public_id).state == ApprovalState.WITHDRAWN
    before = trace()
    for closed in (declined, withdrawn):
        with pytest.raises(IllegalTransition):
            approve(actor=finance.actor, public_id=closed.public_id)
    assert trace() == before
    assert not Funding.objects.exists()


def test_unanswered_for_72_hours_it_lapses_and_the_asker_is_told(limited, finance):
    asked = top_up(limited)
    for hours, state in ((71.9, ApprovalState.ASKED), (72.1, ApprovalState.EXPIRED)):
        with time_machine.travel(clock.now() + timedelta(hours=hours)):
            fire_due()
            relay_all()
        asked.refresh_from_db()
        assert asked.state == state
    assert Notice.objects.filter(kind="approval_closed", user=limited.user).count() == 1


def test_what_was_spent_meanwhile_cannot_be_approved(limited, finance):
    lot = lot_of(limited)
    asked = refund(limited, lot)
    for key in ("a", "b"):
        refund(limited, lot, Money(LIMIT, "CNY"), key)
    before = trace()
    with pytest.raises(RefundTooLarge):
        approve(actor=finance.actor, public_id=asked.public_id)
    assert trace() == before
    assert Approval.objects.get().state == ApprovalState.ASKED


def test_two_who_approve_at_once_do_it_once(limited, finance):
    lot = lot_of(limited)
    asked = refund(limited, lot)
    second = make_member(limited.party, Role.FINANCE)
    results = race(*(partial(approve, actor=who.actor, public_id=asked.public_id) for who in (finance, second) * 3))
    assert sum(isinstance(result, Approval) for result in results) == 1, results
    assert Refund.objects.count() == 1
    assert wallet(limited) == 100_000 - ABOVE.amount_minor


def test_a_limit_needs_somebody_else_who_may_approve(merchant):
    with pytest.raises(NoSecondPerson):
        set_limit(actor=merchant.actor, currency="CNY", limit_minor=LIMIT)
    assert not ApprovalLimit.objects.exists()


def test_only_an_owner_sets_it(limited, finance):
    with pytest.raises(Forbidden):
        set_limit(actor=finance.actor, currency="CNY", limit_minor=0)


@pytest.mark.parametrize("wanted", [LIMIT + 1, None])
def test_raising_it_or_taking_it_away_waits_for_a_second_person_too(limited, finance, wanted):
    asked = set_limit(actor=limited.actor, currency="CNY", limit_minor=wanted)
    assert ApprovalLimit.objects.get().limit_minor == LIMIT
    approve(actor=finance.actor, public_id=asked.public_id)
    assert list(ApprovalLimit.objects.values_list("limit_minor", flat=True)) == ([wanted] if wanted else [])


def test_lowering_it_holds_at_once(limited):
    assert set_limit(actor=limited.actor, currency="CNY", limit_minor=1) is None
    assert isinstance(top_up(limited, Money(10_000, "CNY")), Approval)
