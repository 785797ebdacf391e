"""An anchor who does not come to her live: the bench is called in rank, seat and funds go to whoever says yes."""

from datetime import timedelta

import pytest
import time_machine
from django.db import IntegrityError

from marketplace.campaigns.errors import BenchFull, CallOver, NotWaiting
from marketplace.campaigns.models import Application, Standby, StandbyCall, VTask
from marketplace.campaigns.selectors.spending import spending_of
from marketplace.campaigns.services.offers import make_offer
from marketplace.campaigns.services.standby import answer_call, put_on_bench, rank_on_bench, take_off_bench
from marketplace.campaigns.services.substitution import propose_substitution
from marketplace.campaigns.steps.standby import bench_of
from marketplace.contracts.errors import (
    AbsenceReportedAlready,
    AmendmentOvertaken,
    AnotherTakesOver,
    CapTooHigh,
    NotAbsentYet,
    NothingOwed,
)
from marketplace.contracts.models import Absence, Amendment, Contract, Handover, Return
from marketplace.contracts.selectors.money_line import money_line_of
from marketplace.contracts.services.absences import (
    answer_absence,
    end_for_absence,
    report_absence,
    withdraw_absence,
)
from marketplace.contracts.services.amendments import withdraw_amendment
from marketplace.contracts.services.signing import decline
from marketplace.contracts.services.work import verify
from marketplace.contracts.steps.funding import is_payable
from marketplace.core import clock
from marketplace.core.actor import Role
from marketplace.core.errors import Forbidden, IllegalTransition, NotFound
from marketplace.core.timers.fire import fire_due
from marketplace.notifications.models import Notice
from marketplace.payments.models import Refund
from tests.db.contracts.test_work import PAYS, nothing_moves, protected
from tests.factories.amendments import signs
from tests.factories.deals import sign_as
from tests.factories.funded import approved, piece, published
from tests.factories.people import make_member, make_owner
from tests.factories.standby import FEE, Live, live_with_bench
from tests.factories.tasks import applied, make_anchor
from tests.support.races import race
from tests.support.relay import relay_all

WORDS = "Nobody went live."
POSTS = (("post", "A post", 9, 3_000), ("post", "Another", 10, 3_000), ("live", "Two hours live", 12, 4_000))


@pytest.fixture
def deal(committed_db) -> Live:
    return live_with_bench(1_000_000, 1_300_000)


def absent(deal: Live, *, stands: bool = True) -> Absence:
    again = clock.today() + timedelta(days=2)
    absence = report_absence(actor=deal.merchant.actor, public_id=deal.live.public_id, words=WORDS, again_on=again)
    if stands:
        answer_absence(actor=deal.anchor.actor, public_id=absence.public_id, was_there=False)
    relay_all()
    absence.refresh_from_db()
    return absence


def open_call() -> StandbyCall:
    return StandbyCall.objects.select_related("application").get(state="open")


def successor() -> Contract:
    return Handover.objects.latest("id").successor


def states(deal: Live) -> list[str]:
    applications = Application.objects.filter(task=deal.task).order_by("id")
    return list(applications.values_list("state", flat=True))


def seats(deal: Live) -> int:
    return VTask.objects.get(pk=deal.task.pk).seats_taken


def test_the_first_in_rank_takes_over_and_the_funds_follow(deal):
    with time_machine.travel(deal.hour, tick=False):
        approved(deal.merchant, deal.anchor, deal.contract, 1)
        relay_all()
        left = FEE * 7 // 10
        absent(deal)
        call, first = open_call(), deal.bench[0]
        assert (call.application, call.fee_minor) == (first[1], left)  # her cap is more than what is left
        assert Notice.objects.filter(kind="standby_called").count() == 1
        before = protected(deal.contract)
        answer_call(actor=first[0].actor, public_id=call.public_id, accept=True)
        new = successor()
        assert protected(deal.contract) == before
        assert [(one.kind, one.share_bp) for one in new.deal.deliverables] == [("live", 10_000)]
        assert new.deal.deliverables[0].due_on == call.again_on
        sign_as(first[0], new)
        assert Contract.objects.get(pk=deal.contract.pk).state == "active"
        sign_as(deal.merchant, new)
        old, new = (Contract.objects.get(pk=one.pk) for one in (deal.contract, new))
        assert (old.state, new.state, new.funded_by) == ("cancelled", "active", old.public_id)
        assert (protected(old), protected(new)) == (0, before)
        back = Return.objects.get()
        assert (back.why, back.gross_minor) == ("handover", left)
        assert not Refund.objects.exists()
        for contract in (old, new):
            assert money_line_of(contract).off_by_minor == 0
        spent = spending_of(deal.merchant.actor)[0]
        assert (spent.paid_in.amount_minor, spent.back.amount_minor) == (PAYS, 0)
        assert Absence.objects.get().state == "settled"
        relay_all()
        assert states(deal) == ["expired", "accepted", "waitlisted"]
        assert seats(deal) == 1
        assert not Standby.objects.filter(application=first[1]).exists()
        assert Notice.objects.filter(kind="contract_handed_over").count() == 2


def test_a_quote_below_the_cap_is_what_is_offered_and_the_rest_goes_back(committed_db):
    deal = live_with_bench(900_000)
    Application.objects.filter(pk=deal.bench[0][1].pk).update(quote_minor=600_000)
    with time_machine.travel(deal.hour, tick=False):
        absent(deal)
        call = open_call()
        assert call.fee_minor == 600_000
        answer_call(actor=deal.bench[0][0].actor, public_id=call.public_id, accept=True)
        new = successor()
        for person in (deal.bench[0][0], deal.merchant):
            sign_as(person, new)
        assert protected(new) == PAYS // 2
        assert Refund.objects.get().amount_minor == PAYS // 2
        assert money_line_of(Contract.objects.get(pk=deal.contract.pk)).off_by_minor == 0
        relay_all()


def test_a_no_and_half_an_hour_of_silence_ask_the_next_one_and_nobody_left_is_said(deal):
    with time_machine.travel(deal.hour, tick=False):
        absent(deal)
        first = open_call()
        answer_call(actor=deal.bench[0][0].actor, public_id=first.public_id, accept=False)
        relay_all()
        second = open_call()
        assert second.application == deal.bench[1][1]
        nothing_moves(
            lambda: answer_call(actor=deal.bench[0][0].actor, public_id=first.public_id, accept=True), CallOver
        )
    with time_machine.travel(deal.hour + timedelta(minutes=31), tick=False):
        nothing_moves(
            lambda: answer_call(actor=deal.bench[1][0].actor, public_id=second.public_id, accept=True), CallOver
        )
        fire_due()
        relay_all()
        assert list(StandbyCall.objects.order_by("id").values_list("state", flat=True)) == ["declined", "expired"]
        assert Notice.objects.filter(kind="standby_exhausted").count() == 1
        contract = end_for_absence(actor=deal.merchant.actor, public_id=Absence.objects.get().public_id)
        assert (contract.state, protected(contract)) == ("cancelled", 0)
        assert Refund.objects.get().amount_minor == PAYS
        relay_all()


def test_silence_of_her_side_makes_it_stand_and_a_word_stops_everything(deal):
    with time_machine.travel(deal.hour, tick=False):
        absence = absent(deal, stands=False)
        assert Notice.objects.filter(kind="absence_reported").count() == 1
        answer_absence(actor=deal.anchor.actor, public_id=absence.public_id, was_there=True, words="Room 7.")
        relay_all()
        assert not StandbyCall.objects.exists()
        again = absent(deal, stands=False)
    with time_machine.travel(again.answer_by + timedelta(seconds=1), tick=False):
        fire_due()
        relay_all()
        again.refresh_from_db()
        assert again.state == "stands"
        call = open_call()
        nothing_moves(
            lambda: answer_absence(actor=deal.anchor.actor, public_id=again.public_id, was_there=True),
            IllegalTransition,
        )
        withdraw_absence(actor=deal.merchant.actor, public_id=again.public_id)
        relay_all()
        call.refresh_from_db()
        assert call.state == "dropped"


def test_a_successor_that_is_not_signed_leaves_everything_and_calls_the_next(deal):
    with time_machine.travel(deal.hour, tick=False):
        absent(deal)
        answer_call(actor=deal.bench[0][0].actor, public_id=open_call().public_id, accept=True)
        new = successor()
        decline(actor=deal.bench[0][0].actor, public_id=new.public_id)
        relay_all()
        assert Handover.objects.get().state == "dropped"
        assert Application.objects.get(pk=deal.bench[0][1].pk).contract == ""
        assert open_call().application == deal.bench[1][1]
        assert protected(deal.contract) == PAYS
        assert seats(deal) == 1


@pytest.mark.parametrize("how", ["handed over", "ended"])
def test_what_is_out_and_what_was_kept_back_stays_hers(committed_db, how):
    """A post that is verified, with a tenth kept back, one that is being checked, and the live that she missed."""
    deal = live_with_bench(FEE, pieces=POSTS, holdback_bp=1_000)
    for place in (1, 2):
        published(deal.merchant, deal.anchor, deal.contract, place)
    verify(actor=deal.merchant.actor, public_id=piece(deal.contract, 1).public_id)
    with time_machine.travel(deal.hour, tick=False):
        absence = absent(deal)
        if how == "ended":
            end_for_absence(actor=deal.merchant.actor, public_id=absence.public_id)
        else:
            call = open_call()
            assert call.fee_minor == FEE * 4 // 10
            answer_call(actor=deal.bench[0][0].actor, public_id=call.public_id, accept=True)
            for person in (deal.bench[0][0], deal.merchant):
                sign_as(person, successor())
        old = Contract.objects.get(pk=deal.contract.pk)
        assert old.state == "cancelled"
        assert sum(one.gross_minor for one in old.releases.all()) == FEE * 6 // 10
        assert money_line_of(old).off_by_minor == 0


def test_nothing_goes_on_where_nothing_is_owed(committed_db):
    deal = live_with_bench(FEE, pieces=(*POSTS[:1], ("post", "Another", 10, 7_000)), holdback_bp=1_000)
    for place in (1, 2):
        published(deal.merchant, deal.anchor, deal.contract, place)
    nothing_moves(
        lambda: propose_substitution(
            actor=deal.merchant.actor,
            contract_public_id=deal.contract.public_id,
            application=deal.bench[0][1].public_id,
            fee_minor=1,
            again_on=clock.today(),
        ),
        NothingOwed,
    )


def test_an_absence_that_was_taken_back_takes_no_seat_away(deal):
    """Or a merchant could say it, take it back, and sign her away without her."""
    with time_machine.travel(deal.hour, tick=False):
        absence = absent(deal)
        answer_call(actor=deal.bench[0][0].actor, public_id=open_call().public_id, accept=True)
        new = successor()
        sign_as(deal.bench[0][0], new)
        withdraw_absence(actor=deal.merchant.actor, public_id=absence.public_id)
        nothing_moves(lambda: sign_as(deal.merchant, new), AmendmentOvertaken)
        assert Contract.objects.get(pk=deal.contract.pk).state == "active"
        assert protected(deal.contract) == PAYS


def test_only_an_absence_that_can_be_one_is_reported(deal):
    def report(person=deal.merchant, work=deal.live):
        return report_absence(actor=person.actor, public_id=work.public_id, words=WORDS, again_on=clock.today())

    nothing_moves(report, NotAbsentYet)
    with time_machine.travel(deal.hour, tick=False):
        nothing_moves(lambda: report(deal.anchor), Forbidden)
        stranger = make_owner("brand", "Nobody")
        nothing_moves(lambda: report(stranger), NotFound)
        nothing_moves(lambda: report(work=piece(deal.contract, 1)), NotAbsentYet)
        absence = report()
        nothing_moves(report, AbsenceReportedAlready)
        nothing_moves(
            lambda: end_for_absence(actor=deal.merchant.actor, public_id=absence.public_id), IllegalTransition
        )
        nothing_moves(
            lambda: answer_absence(actor=deal.merchant.actor, public_id=absence.public_id, was_there=False), Forbidden
        )


def test_the_bench_has_ranks_caps_and_an_end(deal):
    merchant, (first, second) = deal.merchant.actor, (one for _person, one in deal.bench)
    rank_on_bench(actor=merchant, public_id=second.public_id, up=True)
    assert [place.application for place in bench_of(deal.task)] == [second, first]
    rank_on_bench(actor=merchant, public_id=second.public_id, up=True)
    put_on_bench(actor=merchant, public_id=first.public_id, cap_minor=5)
    assert [(one.rank, one.cap_minor) for one in bench_of(deal.task)] == [(1, 1_300_000), (2, 5)]
    viewer = make_member(deal.merchant.party, Role.VIEWER)
    nothing_moves(lambda: put_on_bench(actor=viewer.actor, public_id=first.public_id, cap_minor=1), Forbidden)
    nothing_moves(lambda: put_on_bench(actor=deal.bench[0][0].actor, public_id=first.public_id, cap_minor=1), Forbidden)
    taken = Application.objects.get(contract=deal.contract.public_id)
    nothing_moves(lambda: put_on_bench(actor=merchant, public_id=taken.public_id, cap_minor=1), NotWaiting)
    take_off_bench(actor=deal.bench[0][0].actor, public_id=first.public_id)  # she steps back herself
    assert [place.application for place in bench_of(deal.task)] == [second]
    with pytest.raises(NotFound):
        take_off_bench(actor=merchant, public_id=first.public_id)
    relay_all()
    assert Notice.objects.filter(kind="standby_put").count() == 2
    with pytest.raises(IntegrityError):
        Standby.objects.create(task=deal.task, application=taken, rank=bench_of(deal.task)[0].rank, cap_minor=1)


def test_another_anchor_by_agreement_of_all(deal):
    other, application = deal.bench[0]
    day = deal.live.due_on + timedelta(days=1)

    def propose(fee_minor=800_000):
        return propose_substitution(
            actor=deal.merchant.actor,
            contract_public_id=deal.contract.public_id,
            application=application.public_id,
            fee_minor=fee_minor,
            again_on=day,
        )

    nothing_moves(lambda: propose(FEE + 1), CapTooHigh)
    amendment = propose()
    new = successor()
    assert "Anchor: Standby 0 (until now Xia Wei)" in amendment.documents.get(language="en").content
    assert new.terms_sha256 in amendment.documents.get(language="zh-hans").content
    VTask.objects.filter(pk=deal.task.pk).update(seats=2)
    nothing_moves(
        lambda: make_offer(actor=deal.merchant.actor, public_id=application.public_id, terms=new.deal), NotWaiting
    )
    for person in (other, deal.merchant):
        sign_as(person, new)
    new.refresh_from_db()
    assert (new.state, is_payable(new)) == ("awaiting_funds", False)
    for person in (deal.anchor, deal.merchant):
        signs(person, amendment)
    amendment.refresh_from_db()
    new.refresh_from_db()
    assert (amendment.state, new.state) == ("in_force", "active")
    assert protected(new) == PAYS * 2 // 3
    assert Refund.objects.get().amount_minor == PAYS // 3
    relay_all()
    assert states(deal) == ["expired", "accepted", "waitlisted"]


def test_the_side_that_leaves_may_sign_first(deal):
    other, application = deal.bench[0]
    amendment = propose_substitution(
        actor=deal.merchant.actor,
        contract_public_id=deal.contract.public_id,
        application=application.public_id,
        fee_minor=FEE,
        again_on=deal.live.due_on,
    )
    for person in (deal.anchor, deal.merchant):
        signs(person, amendment)
    amendment.refresh_from_db()
    assert amendment.state == "awaiting_successor"
    new = successor()
    approved(deal.merchant, deal.anchor, deal.contract, 1)
    nothing_moves(lambda: sign_as(other, new), AmendmentOvertaken)  # less is left than she costs
    withdraw_amendment(actor=deal.merchant.actor, public_id=amendment.public_id)
    relay_all()
    new.refresh_from_db()
    assert (new.state, Handover.objects.get().state) == ("lapsed", "dropped")
    assert Application.objects.get(pk=application.pk).contract == ""
    assert Contract.objects.get(pk=deal.contract.pk).state == "active"


def test_two_last_signatures_of_both_contracts_at_once_hand_over_once(deal):
    other, application = deal.bench[0]
    amendment = propose_substitution(
        actor=deal.merchant.actor,
        contract_public_id=deal.contract.public_id,
        application=application.public_id,
        fee_minor=FEE,
        again_on=deal.live.due_on,
    )
    new = successor()
    signs(deal.merchant, amendment)
    sign_as(deal.merchant, new)
    results = race(lambda: signs(deal.anchor, amendment), lambda: sign_as(other, new))
    assert [one for one in results if isinstance(one, Exception)] == []
    assert Handover.objects.get().state == "done"
    assert Amendment.objects.get().state == "in_force"
    assert protected(new) == PAYS
    relay_all()


def test_nobody_takes_over_twice(deal):
    with time_machine.travel(deal.hour, tick=False):
        absent(deal)
        answer_call(actor=deal.bench[0][0].actor, public_id=open_call().public_id, accept=True)
        nothing_moves(
            lambda: propose_substitution(
                actor=deal.merchant.actor,
                contract_public_id=deal.contract.public_id,
                application=deal.bench[1][1].public_id,
                fee_minor=1_000,
                again_on=clock.today(),
            ),
            AnotherTakesOver,
        )


def test_ten_can_stand_by(committed_db):
    deal = live_with_bench(*[1_000] * 2)
    VTask.objects.filter(pk=deal.task.pk).update(state="open", seats=2)
    more = [applied(make_anchor(f"More {n}"), VTask.objects.get(pk=deal.task.pk)) for n in range(9)]
    for application in more[:8]:
        put_on_bench(actor=deal.merchant.actor, public_id=application.public_id, cap_minor=1)
    nothing_moves(lambda: put_on_bench(actor=deal.merchant.actor, public_id=more[8].public_id, cap_minor=1), BenchFull)
