"""A dispute whole: answered, mediated, agreed, decided, accepted, appealed, settled; by whom, and what it moves."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from marketplace.contracts.errors import AlreadyAnswered, DecidedByYou, TimeIsOver, TooLateToPropose
from marketplace.contracts.models import Contract, Dispute, DisputeProposal, Release, Return
from marketplace.contracts.models.dispute_talk import MEDIATOR
from marketplace.contracts.services.deciding import accept_decision, appeal_decision, decide_dispute, settle_appeal
from marketplace.contracts.services.disputes import answer_dispute, withdraw_dispute
from marketplace.contracts.services.mediation import (
    accept_proposal,
    propose_as_mediator,
    propose_split,
    refuse_proposal,
)
from marketplace.contracts.steps.split_preview import split_preview
from marketplace.contracts.timers import disputes as clocks
from marketplace.core import clock
from marketplace.core.actor import Role, StaffRole
from marketplace.core.errors import Forbidden, IllegalTransition, NotFound
from marketplace.core.models import Event, Timer
from marketplace.core.timers.fire import fire_due
from marketplace.notifications.models import Notice
from tests.db.contracts.test_ending import refunded
from tests.db.contracts.test_timer_edges import SHANGHAI, World, a_story, at, built_at, database
from tests.db.contracts.test_work import PAYS, nothing_moves, payable, protected, state
from tests.factories.disputes import answered, decided, disputed, mediated, standing
from tests.factories.funded import handed_in, piece
from tests.factories.people import Person, make_member, make_owner, make_staff
from tests.support.relay import relay_all

__all__ = ["database"]
pytestmark = pytest.mark.timeout(300)


@dataclass(frozen=True)
class Court:
    """A running contract with its draft handed in, and whoever may have to do with a dispute about it."""

    merchant: Person
    anchor: Person
    contract: Contract
    staff: Person
    other_staff: Person
    bystanders: tuple[Person, ...]

    @property
    def everybody(self) -> dict[str, Person]:
        named = {name: getattr(self, name) for name in ("merchant", "anchor", "staff", "other_staff")}
        return named | {f"bystander {n}": one for n, one in enumerate(self.bystanders)}


def court_of(world: World) -> Court:
    handed_in(world.anchor, world.contract, 2)
    return Court(
        world.merchant,
        world.anchor,
        world.contract,
        make_staff(StaffRole.OPERATIONS),
        make_staff(StaffRole.OPERATIONS),
        (
            make_member(world.merchant.party, Role.MEMBER),
            make_member(world.anchor.party, Role.VIEWER),
            make_owner("brand", "Far Away Tea"),
            make_staff(StaffRole.FINANCE),
        ),
    )


@pytest.fixture(scope="module")
def settled_court(database) -> Iterator[Court]:
    with built_at(SHANGHAI) as world, at(SHANGHAI.begins):
        yield court_of(world)


@pytest.fixture
def court(settled_court) -> Iterator[Court]:
    with a_story(), at(SHANGHAI.begins):
        yield settled_court


# --- how a dispute comes to each of its states ---


def awaiting_reply(court: Court) -> Dispute:
    return disputed(court.merchant, court.contract)


def in_mediation(court: Court) -> Dispute:
    return answered(court.anchor, awaiting_reply(court))


def with_a_proposal(court: Court) -> Dispute:
    dispute = in_mediation(court)
    mediated(court.staff, dispute)
    return dispute


def with_a_decision(court: Court) -> Dispute:
    return decided(court.staff, in_mediation(court), 7_000)


def with_an_appeal(court: Court) -> Dispute:
    dispute = with_a_decision(court)
    return appeal_decision(actor=court.anchor.actor, public_id=dispute.public_id, words="It was one second.")


def closed(court: Court) -> Dispute:
    dispute = with_an_appeal(court)
    return settle_appeal(
        actor=court.other_staff.actor, public_id=dispute.public_id, anchor_bp=9_000, reasons="It was one second."
    )


STATES: dict[str, Callable[[Court], Dispute]] = {
    "awaiting_reply": awaiting_reply,
    "mediation": in_mediation,
    "proposal": with_a_proposal,
    "decided": with_a_decision,
    "appealed": with_an_appeal,
    "closed": closed,
}

Act = Callable[[Person, Dispute], object]


def of(dispute: Dispute, side: str) -> str:
    return DisputeProposal.objects.filter(dispute=dispute, side=side).latest("id").public_id


ACTS: dict[str, Act] = {
    "answer": lambda who, it: answer_dispute(actor=who.actor, public_id=it.public_id, words="No.", anchor_bp=10_000),
    "withdraw": lambda who, it: withdraw_dispute(actor=who.actor, public_id=it.public_id),
    "offer": lambda who, it: propose_split(actor=who.actor, public_id=it.public_id, words="So?", anchor_bp=6_000),
    "accept the merchant's": lambda who, it: accept_proposal(actor=who.actor, public_id=of(it, "merchant")),
    "accept the anchor's": lambda who, it: accept_proposal(actor=who.actor, public_id=of(it, "anchor")),
    "accept the mediator's": lambda who, it: accept_proposal(actor=who.actor, public_id=of(it, MEDIATOR)),
    "refuse the mediator's": lambda who, it: refuse_proposal(actor=who.actor, public_id=of(it, MEDIATOR)),
    "propose": lambda who, it: propose_as_mediator(
        actor=who.actor, public_id=it.public_id, anchor_bp=5_000, reasons="Halfway."
    ),
    "decide": lambda who, it: decide_dispute(actor=who.actor, public_id=it.public_id, anchor_bp=5_000, reasons="So."),
    "accept the decision": lambda who, it: accept_decision(actor=who.actor, public_id=it.public_id),
    "appeal": lambda who, it: appeal_decision(actor=who.actor, public_id=it.public_id, words="No."),
    "settle": lambda who, it: settle_appeal(actor=who.actor, public_id=it.public_id, anchor_bp=1, reasons="So."),
}
SIDES, STAFF = {"merchant", "anchor"}, {"staff", "other_staff"}
# Who may do what where; everything else is refused, and changes nothing.
MAY: dict[str, dict[str, set[str]]] = {
    "awaiting_reply": {"answer": {"anchor"}, "withdraw": {"merchant"}, "accept the merchant's": {"anchor"}},
    "mediation": {
        "withdraw": {"merchant"},
        "offer": SIDES,
        "accept the merchant's": {"anchor"},
        "accept the anchor's": {"merchant"},
        "propose": STAFF,
        "decide": STAFF,
    },
    "proposal": {
        "withdraw": {"merchant"},
        "offer": SIDES,
        "accept the merchant's": {"anchor"},
        "accept the anchor's": {"merchant"},
        "accept the mediator's": SIDES,
        "refuse the mediator's": SIDES,
    },
    "decided": {"accept the decision": SIDES, "appeal": SIDES},
    "appealed": {"appeal": {"merchant"}, "settle": {"other_staff"}},
    "closed": {},
}
REFUSALS = (Forbidden, NotFound, IllegalTransition, AlreadyAnswered, DisputeProposal.DoesNotExist)


@pytest.mark.parametrize("where", STATES)
def test_who_may_do_what_in_which_state(court, where):
    dispute = STATES[where](court)
    assert Dispute.objects.get(pk=dispute.pk).state == where
    before = Event.objects.count()
    for name, act in ACTS.items():
        may = MAY[where].get(name, set())
        for who, person in court.everybody.items():
            if who in may:
                with a_story():
                    act(person, dispute)
                    assert Event.objects.count() > before, (name, who)
            else:
                nothing_moves(lambda act=act, person=person: act(person, dispute), REFUSALS)
    assert Dispute.objects.get(pk=dispute.pk).state == where


# --- by agreement ---


def test_what_the_other_side_accepts_is_settled_at_once_and_for_good(court):
    dispute = in_mediation(court)
    assert dispute.mediate_by == clock.now() + timedelta(days=30)
    propose_split(actor=court.anchor.actor, public_id=dispute.public_id, anchor_bp=7_500, words="A quarter less.")
    states = DisputeProposal.objects.filter(side="anchor").order_by("id").values_list("anchor_bp", "state")
    assert list(states) == [(8_000, "replaced"), (7_500, "standing")]
    settled = accept_proposal(actor=court.merchant.actor, public_id=standing(dispute, "anchor").public_id)
    assert (settled.state, settled.ended, settled.final_bp, settled.decided_bp) == ("closed", "agreed", 7_500, None)
    assert (state(court.contract), piece(court.contract, 2).state) == ("active", "void")
    assert (payable(court.anchor), refunded()) == (270_000, 90_000 + 4_500 + 270)
    assert protected(court.contract) == PAYS - (270_000 + 13_500 + 810) - (90_000 + 4_500 + 270)
    assert set(DisputeProposal.objects.values_list("state", flat=True)) == {"replaced", "accepted", "lapsed"}
    assert not Timer.objects.filter(aggregate=dispute.public_id, state="pending").exists()


def test_the_mediators_proposal_binds_when_both_have_accepted_it(court):
    dispute = with_a_proposal(court)
    proposal = standing(dispute, MEDIATOR).public_id
    before = protected(court.contract)
    assert accept_proposal(actor=court.anchor.actor, public_id=proposal).state == "proposal"
    assert (payable(court.anchor), protected(court.contract)) == (0, before)
    nothing_moves(lambda: accept_proposal(actor=court.anchor.actor, public_id=proposal), AlreadyAnswered)
    nothing_moves(lambda: refuse_proposal(actor=court.anchor.actor, public_id=proposal), AlreadyAnswered)
    settled = accept_proposal(actor=court.merchant.actor, public_id=proposal)
    assert (settled.ended, settled.final_bp, payable(court.anchor)) == ("agreed", 5_000, 180_000)
    relay_all()
    assert told("dispute_mediator_proposed") == told("dispute_agreed") == {court.merchant.user, court.anchor.user}
    assert told("dispute_proposal_accepted") == {court.merchant.user}
    assert told("dispute_to_mediate") == {court.staff.user, court.other_staff.user}


def test_a_mediator_proposes_only_while_the_sides_have_their_days_to_answer(court):
    dispute = in_mediation(court)
    with at(dispute.mediate_by - timedelta(days=6)):
        nothing_moves(lambda: mediated(court.staff, dispute), TooLateToPropose)
        assert decided(court.staff, dispute, 5_000).state == "decided"


def told(kind: str) -> set:
    return {notice.user for notice in Notice.objects.filter(kind=kind).select_related("user")}


# --- by decision ---


def test_a_decision_moves_nothing_before_its_days_are_over_or_both_accept(court):
    dispute = with_a_decision(court)
    before = protected(court.contract)
    assert (dispute.decided, dispute.decided_bp, dispute.decided_by_id) == ("staff", 7_000, court.staff.user.pk)
    assert (payable(court.anchor), before, state(court.contract)) == (0, PAYS, "disputed")
    accept_decision(actor=court.merchant.actor, public_id=dispute.public_id)
    nothing_moves(lambda: accept_decision(actor=court.merchant.actor, public_id=dispute.public_id), AlreadyAnswered)
    nothing_moves(
        lambda: appeal_decision(actor=court.merchant.actor, public_id=dispute.public_id, words="Yet."),
        AlreadyAnswered,
    )
    assert protected(court.contract) == before
    done = accept_decision(actor=court.anchor.actor, public_id=dispute.public_id)
    assert (done.state, done.ended, done.final_bp) == ("closed", "decided", 7_000)
    assert (payable(court.anchor), refunded()) == (252_000, 108_000 + 5_400 + 324)
    relay_all()
    assert told("dispute_can_be_appealed") == told("dispute_decided") == {court.merchant.user, court.anchor.user}
    assert told("dispute_decision_accepted") == {court.anchor.user}


def test_an_appeal_is_settled_by_somebody_else_and_is_final(court):
    dispute = with_a_decision(court)
    appealed = appeal_decision(actor=court.anchor.actor, public_id=dispute.public_id, words="One second.")
    assert not Timer.objects.filter(kind=clocks.APPEAL_OVER, aggregate=dispute.public_id, state="pending").exists()
    with at(appealed.appeal_by - timedelta(seconds=1)):
        appeal_decision(actor=court.merchant.actor, public_id=dispute.public_id, words="Three seconds.")
    assert list(dispute.appeals.order_by("id").values_list("side", flat=True)) == ["anchor", "merchant"]
    again = {"public_id": dispute.public_id, "anchor_bp": 8_500, "reasons": "One second, and it was cut."}
    nothing_moves(lambda: settle_appeal(actor=court.staff.actor, **again), DecidedByYou)
    with pytest.raises(IntegrityError, match="dispute_appeal_by_another"), transaction.atomic():
        Dispute.objects.filter(pk=dispute.pk).update(
            state="closed", ended="changed", final_bp=8_500, settled_by=court.staff.user
        )
    done = settle_appeal(actor=court.other_staff.actor, **again)
    assert (done.state, done.ended, done.final_bp, done.decided_bp) == ("closed", "changed", 8_500, 7_000)
    assert (payable(court.anchor), state(court.contract)) == (306_000, "active")
    relay_all()
    assert told("dispute_changed") == {court.merchant.user, court.anchor.user}
    assert told("dispute_to_settle") == {court.staff.user, court.other_staff.user}


def test_an_appeal_that_changes_nothing_is_upheld_and_one_that_is_late_is_none(court):
    dispute = with_a_decision(court)
    with at(dispute.appeal_by):
        nothing_moves(
            lambda: appeal_decision(actor=court.anchor.actor, public_id=dispute.public_id, words="Late."), TimeIsOver
        )
    with a_story():
        appeal_decision(actor=court.anchor.actor, public_id=dispute.public_id, words="No.")
        upheld = settle_appeal(
            actor=court.other_staff.actor, public_id=dispute.public_id, anchor_bp=7_000, reasons="It stays."
        )
        assert (upheld.ended, payable(court.anchor)) == ("upheld", 252_000)


def test_silence_is_decided_for_the_filer_and_anybody_of_our_staff_may_settle_the_appeal(court):
    dispute = awaiting_reply(court)
    with at(dispute.reply_by):
        fire_due()
        dispute.refresh_from_db()
        assert (dispute.state, dispute.decided, dispute.decided_bp) == ("decided", "silence", 0)
        assert (protected(court.contract), dispute.decided_by) == (PAYS, None)
        appeal_decision(actor=court.anchor.actor, public_id=dispute.public_id, words="I was ill.")
        done = settle_appeal(
            actor=court.staff.actor, public_id=dispute.public_id, anchor_bp=10_000, reasons="It is as agreed."
        )
        relay_all()
    assert (done.ended, payable(court.anchor)) == ("changed", 360_000)
    assert told("dispute_silent") == {court.merchant.user, court.anchor.user}


def test_while_the_payers_bank_holds_the_money_a_decision_waits_a_day(court, monkeypatch):
    dispute = with_a_decision(court)
    with monkeypatch.context() as patch, at(dispute.appeal_by):
        patch.setattr(clocks, "funds_are_frozen", lambda contract: True)
        fire_due()
        assert Dispute.objects.get(pk=dispute.pk).state == "decided"
    with at(dispute.appeal_by + timedelta(days=1)):
        fire_due()
    assert (Dispute.objects.get(pk=dispute.pk).state, payable(court.anchor)) == ("closed", 252_000)


@pytest.mark.parametrize("where", [name for name in STATES if name != "closed"])
def test_day_85_ends_it_wherever_it_stands(court, where):
    """What was disputed goes back, and no clock of the dispute is left."""
    dispute = STATES[where](court)
    with at(court.contract.funded_at + timedelta(days=85, minutes=1)):
        Timer.objects.exclude(kind="lot.return").filter(state="pending").update(state="cancelled")
        fire_due()
        relay_all()
    dispute.refresh_from_db()
    assert (dispute.state, dispute.ended, dispute.final_bp) == ("closed", "overtaken", None)
    assert (state(court.contract), protected(court.contract), payable(court.anchor)) == ("cancelled", 0, 0)
    assert not DisputeProposal.objects.filter(state="standing").exists()


@pytest.mark.parametrize("anchor_bp", [0, 3_333, 10_000])
def test_what_is_shown_before_is_what_is_carried_out(court, anchor_bp):
    dispute = in_mediation(court)
    shown = split_preview(dispute, anchor_bp)
    propose_split(actor=court.anchor.actor, public_id=dispute.public_id, anchor_bp=anchor_bp, words="So.")
    accept_proposal(actor=court.merchant.actor, public_id=standing(dispute, "anchor").public_id)
    made = Release.objects.filter(why="dispute").first()
    back = Return.objects.filter(why="dispute").first()
    names = ("gross", "agency", "anchor", "platform_fee", "vat")
    assert [getattr(shown, name).amount_minor for name in names] == [
        getattr(made, f"{name}_minor") if made else 0 for name in names
    ]
    assert (
        shown.back.amount_minor
        == refunded()
        == (back.gross_minor + back.platform_fee_minor + back.vat_minor if back else 0)
    )
