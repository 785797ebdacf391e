"""A contract that ends before its end: the kill fee at each stage, silence, lateness; and a dispute that is split."""

from datetime import timedelta

import pytest
import time_machine

from marketplace.contracts.errors import NothingToCancel, NotLateEnough, UnderDispute
from marketplace.contracts.models import Cancellation, Contract, Dispute
from marketplace.contracts.services.cancelling import (
    answer_cancellation,
    ask_to_cancel,
    call_off,
    end_for_lateness,
    withdraw_cancellation,
)
from marketplace.contracts.services.deciding import accept_decision, decide_dispute
from marketplace.contracts.services.disputes import answer_dispute, open_dispute, withdraw_dispute
from marketplace.contracts.services.work import approve, verify
from marketplace.core.actor import StaffRole
from marketplace.core.errors import Forbidden, IllegalTransition
from marketplace.core.models import Timer
from marketplace.core.timers.fire import fire_due
from marketplace.notifications.models import Notice
from marketplace.payments.answers import ProviderRefund
from marketplace.payments.errors import NothingToSendAgain
from marketplace.payments.models import Refund
from marketplace.payments.services.refunds import send_refund_again, settle_refund
from tests.db.contracts.test_work import PAYS, nothing_moves, payable, protected, revenue, state
from tests.factories.deals import verify as verified
from tests.factories.funded import (
    SYSTEM,
    approved,
    arrived,
    asked_to_pay,
    funded,
    handed_in,
    piece,
    published,
    signed,
    three_pieces,
)
from tests.factories.people import Person, make_owner, make_staff
from tests.support.races import race
from tests.support.relay import relay_all
from tests.web.conftest import rolled_back


@pytest.fixture
def merchant(committed_db) -> Person:
    return make_owner("brand", "Chenyu Tea")


@pytest.fixture
def anchor(committed_db) -> Person:
    person = make_owner("anchor", "Xia Wei")
    verified(person.party, "anchor")
    return person


def refunded() -> int:
    return sum(Refund.objects.values_list("amount_minor", flat=True))


def asked(person: Person, contract: Contract) -> Cancellation:
    return ask_to_cancel(actor=person.actor, public_id=contract.public_id, words="Our plans have changed.")


def agreed(person: Person, contract: Contract) -> Contract:
    return answer_cancellation(actor=person.actor, public_id=contract.public_id, agree=True)


# (how far the work has come, the stage, what goes to the anchor when the merchant ends it)
STAGES = {
    "nothing begun": (lambda m, a, c: None, "funded", 120_000),
    "the script is approved": (lambda m, a, c: approved(m, a, c, 1), "script_approved", 240_000 + 288_000),
    "the draft is delivered": (lambda m, a, c: handed_in(a, c, 2), "draft_delivered", 360_000 + 504_000),
    "the video is approved": (lambda m, a, c: approved(m, a, c, 3), "approved_unpublished", 1_200_000),
}


@pytest.mark.parametrize("case", STAGES)
def test_what_the_merchant_owes_at_each_stage(merchant, anchor, case):
    work, stage, to_anchor = STAGES[case]
    contract = funded(merchant, anchor)
    work(merchant, anchor, contract)
    before = payable(anchor)
    cancellation = asked(merchant, contract)
    assert (cancellation.stage, cancellation.kill_fee_minor) == (stage, to_anchor - before)
    agreed(anchor, contract)
    assert state(contract) == "cancelled"
    assert payable(anchor) == to_anchor
    assert protected(contract) == 0
    assert refunded() == PAYS - to_anchor - to_anchor * 5 // 100 - to_anchor * 5 * 6 // 10_000
    assert revenue() == to_anchor * 5 // 100
    relay_all()
    assert Notice.objects.filter(kind="contract_cancelled").count() == 2


def test_when_the_anchor_asks_the_merchant_gets_everything_back(merchant, anchor):
    contract = funded(merchant, anchor)
    handed_in(anchor, contract, 1)
    assert asked(anchor, contract).kill_fee_minor == 0
    agreed(merchant, contract)
    assert (payable(anchor), protected(contract), refunded()) == (0, 0, PAYS)


def test_what_the_bank_sends_back_stays_protected_until_staff_send_it_again(merchant, anchor):
    contract = funded(merchant, anchor)
    asked(merchant, contract)
    agreed(anchor, contract)
    first = Refund.objects.get()
    settle_refund(actor=SYSTEM, public_id=first.public_id, answer=told(first, "failed"))
    relay_all()
    assert protected(contract) == first.amount_minor
    assert Notice.objects.get(kind="refund_returned_protected").user == merchant.user
    staff = make_staff(StaffRole.FINANCE).actor
    nothing_moves(lambda: send_refund_again(actor=merchant.actor, public_id=first.public_id), Forbidden)
    again = send_refund_again(actor=staff, public_id=first.public_id)
    assert send_refund_again(actor=staff, public_id=first.public_id) == again
    assert (again.lot, again.money, protected(contract)) == (first.lot, first.money, 0)
    nothing_moves(lambda: send_refund_again(actor=staff, public_id=again.public_id), NothingToSendAgain)
    settle_refund(actor=SYSTEM, public_id=again.public_id, answer=told(again, "succeeded"))
    assert Refund.objects.get(pk=again.pk).state == "done"


def told(refund: Refund, status: str) -> ProviderRefund:
    return ProviderRefund(f"rf_{refund.pk}", status, refund.public_id, refund.charge, refund.money, "account_closed")


def test_silence_agrees_after_72_hours(merchant, anchor):
    contract = funded(merchant, anchor)
    cancellation = asked(merchant, contract)
    with time_machine.travel(cancellation.answer_by - timedelta(seconds=1), tick=False):
        fire_due()
        assert state(contract) == "cancel_requested"
    with time_machine.travel(cancellation.answer_by, tick=False):
        fire_due()
        fire_due()
    assert (state(contract), payable(anchor)) == ("cancelled", 120_000)
    assert Cancellation.objects.get().state == "silent"


def test_a_refusal_or_a_second_thought_lets_it_go_on(merchant, anchor):
    contract = funded(merchant, anchor)
    asked(merchant, contract)
    nothing_moves(lambda: agreed(merchant, contract), Forbidden)
    answer_cancellation(actor=anchor.actor, public_id=contract.public_id, agree=False)
    assert state(contract) == "active"
    asked(anchor, contract)
    nothing_moves(lambda: withdraw_cancellation(actor=merchant.actor, public_id=contract.public_id), Forbidden)
    withdraw_cancellation(actor=anchor.actor, public_id=contract.public_id)
    assert (state(contract), protected(contract)) == ("active", PAYS)
    nothing_moves(lambda: agreed(merchant, contract), IllegalTransition)


def test_work_goes_on_under_a_request_and_is_not_paid_twice(merchant, anchor):
    """A script that was handed in before the request and is approved after it has been paid by its approval."""
    contract = funded(merchant, anchor)
    handed_in(anchor, contract, 1)
    assert asked(merchant, contract).kill_fee_minor == 240_000 + 96_000
    approve(actor=merchant.actor, public_id=piece(contract, 1).public_id)
    assert payable(anchor) == 240_000
    agreed(anchor, contract)
    assert payable(anchor) == 240_000 + 96_000
    assert protected(contract) == 0


def test_nothing_to_end_when_everything_is_delivered(merchant, anchor):
    contract = funded(merchant, anchor)
    for place in (1, 2):
        approved(merchant, anchor, contract, place)
    published(merchant, anchor, contract, 3)
    verify(actor=merchant.actor, public_id=piece(contract, 3).public_id)
    nothing_moves(lambda: asked(merchant, contract), NothingToCancel)


def test_before_it_is_paid_either_side_steps_back(merchant, anchor):
    contract = signed(merchant, anchor)
    funding = asked_to_pay(merchant, contract)
    call_off(actor=anchor.actor, public_id=contract.public_id)
    assert state(contract) == "cancelled"
    arrived(funding)
    relay_all()
    assert (protected(contract), refunded()) == (0, PAYS)


def test_72_hours_after_it_was_due_the_merchant_may_end_it(merchant, anchor):
    contract = funded(merchant, anchor)
    approved(merchant, anchor, contract, 1)
    late = piece(contract, 2)
    with time_machine.travel(late.due_at + timedelta(seconds=1), tick=False):
        fire_due()
        nothing_moves(
            lambda: end_for_lateness(actor=merchant.actor, public_id=contract.public_id, words="Nothing came."),
            NotLateEnough,
        )
    with time_machine.travel(late.due_at + timedelta(hours=72, seconds=1), tick=False):
        nothing_moves(
            lambda: end_for_lateness(actor=anchor.actor, public_id=contract.public_id, words="Nothing came."),
            Forbidden,
        )
        end_for_lateness(actor=merchant.actor, public_id=contract.public_id, words="Nothing came.")
    assert (state(contract), payable(anchor), protected(contract)) == ("cancelled", 240_000, 0)
    assert refunded() == PAYS - 252_720


def test_a_dispute_freezes_its_own_amount_and_is_split(merchant, anchor):
    staff = make_staff(StaffRole.OPERATIONS)
    contract = funded(merchant, anchor)
    handed_in(anchor, contract, 2)
    dispute = open_dispute(
        actor=merchant.actor,
        deliverable_public_id=piece(contract, 2).public_id,
        words="It shows another brand.",
        anchor_bp=0,
    )
    assert (state(contract), dispute.amount_minor) == ("disputed", 360_000)
    nothing_moves(lambda: approve(actor=merchant.actor, public_id=piece(contract, 2).public_id), UnderDispute)
    with time_machine.travel(piece(contract, 2).review_by + timedelta(days=1), tick=False):
        fire_due()
        assert piece(contract, 2).state == "submitted"
    approved(merchant, anchor, contract, 1)
    assert payable(anchor) == 240_000
    answer = {"public_id": dispute.public_id, "words": "One second only.", "anchor_bp": 8_000}
    nothing_moves(lambda: answer_dispute(actor=merchant.actor, **answer), Forbidden)
    assert answer_dispute(actor=anchor.actor, **answer).state == "mediation"
    decision = {"public_id": dispute.public_id, "anchor_bp": 7_000, "reasons": "One second of another brand."}
    nothing_moves(lambda: decide_dispute(actor=merchant.actor, **decision), Forbidden)
    decide_dispute(actor=staff.actor, **decision)
    assert (state(contract), protected(contract)) == ("disputed", PAYS - 252_720)
    for person in (merchant, anchor):
        accept_decision(actor=person.actor, public_id=dispute.public_id)
    assert (state(contract), piece(contract, 2).state) == ("active", "void")
    assert payable(anchor) == 240_000 + 252_000
    assert refunded() == 108_000 + 5_400 + 324
    assert protected(contract) == 600_000 + 30_000 + 1_800
    published(merchant, anchor, contract, 3)
    verify(actor=merchant.actor, public_id=piece(contract, 3).public_id)
    assert (state(contract), protected(contract)) == ("completed", 0)


def test_a_dispute_is_taken_back_until_it_is_decided(merchant, anchor):
    contract = funded(merchant, anchor)
    handed_in(anchor, contract, 1)
    script = piece(contract, 1).public_id
    dispute = open_dispute(actor=anchor.actor, deliverable_public_id=script, words="No answer.", anchor_bp=10_000)
    with rolled_back(), time_machine.travel(dispute.reply_by, tick=False):
        fire_due()
        assert Dispute.objects.get().state == "decided"
        nothing_moves(lambda: withdraw_dispute(actor=anchor.actor, public_id=dispute.public_id), IllegalTransition)
    withdraw_dispute(actor=anchor.actor, public_id=dispute.public_id)
    assert (state(contract), piece(contract, 1).state, protected(contract)) == ("active", "submitted", PAYS)
    assert piece(contract, 1).review_by is not None


def test_a_dispute_ends_a_request_to_cancel(merchant, anchor):
    contract = funded(merchant, anchor)
    handed_in(anchor, contract, 1)
    asked(merchant, contract)
    open_dispute(
        actor=anchor.actor, deliverable_public_id=piece(contract, 1).public_id, words="It is fine.", anchor_bp=10_000
    )
    assert (state(contract), Cancellation.objects.get().state) == ("disputed", "refused")


@pytest.mark.parametrize("_round", range(5))
def test_approved_and_cancelled_at_once(merchant, anchor, _round):
    """Whichever comes first, every cent is somebody's exactly once."""
    contract = funded(merchant, anchor)
    script = handed_in(anchor, contract, 1).public_id
    asked(merchant, contract)
    race(
        lambda: approve(actor=merchant.actor, public_id=script),
        lambda: agreed(anchor, contract),
    )
    assert (state(contract), payable(anchor), protected(contract)) == ("cancelled", 336_000, 0)
    assert refunded() == PAYS - 336_000 - 16_800 - 1_008


@pytest.mark.parametrize("_round", range(5))
def test_verified_and_disputed_at_once(merchant, anchor, _round):
    contract = funded(merchant, anchor)
    video = published(merchant, anchor, contract, 3).public_id
    race(
        lambda: verify(actor=merchant.actor, public_id=video),
        lambda: open_dispute(actor=anchor.actor, deliverable_public_id=video, words="Well.", anchor_bp=10_000),
    )
    disputed = Dispute.objects.exists()
    assert state(contract) == ("disputed" if disputed else "active")
    assert payable(anchor) == (0 if disputed else 600_000)
    assert protected(contract) == (PAYS if disputed else PAYS - 631_800)


def test_on_day_85_what_was_kept_back_of_what_is_up_is_released(merchant, anchor):
    """It should stay up for longer than a provider holds money: nobody disputes it, so it is hers."""
    contract = funded(merchant, anchor, deal=three_pieces(holdback_bp=2_000, stay_up_days=120))
    for place in (1, 2):
        approved(merchant, anchor, contract, place)
    video = published(merchant, anchor, contract, 3)
    verify(actor=merchant.actor, public_id=video.public_id)
    assert (state(contract), payable(anchor)) == ("active", 1_080_000)
    with time_machine.travel(contract.funded_at + timedelta(days=85, minutes=1), tick=False):
        Timer.objects.exclude(kind="lot.return").filter(state="pending").update(state="cancelled")
        fire_due()
        relay_all()
    assert (state(contract), payable(anchor), protected(contract), refunded()) == ("completed", 1_200_000, 0, 0)
    assert revenue() == 60_000


def test_on_day_85_what_is_out_is_released_and_the_rest_goes_back(merchant, anchor):
    contract = funded(merchant, anchor)
    published(merchant, anchor, contract, 3)
    handed_in(anchor, contract, 1)
    with time_machine.travel(contract.funded_at + timedelta(days=85, minutes=1), tick=False):
        Timer.objects.exclude(kind="lot.return").filter(state="pending").update(state="cancelled")
        fire_due()
        relay_all()
    assert (state(contract), payable(anchor), protected(contract)) == ("cancelled", 600_000, 0)
    assert refunded() == PAYS - 631_800
    assert [one.state for one in contract.deliverables.order_by("place")] == ["void", "void", "verified"]
