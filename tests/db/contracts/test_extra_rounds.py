"""A further round of changes: asked for, paid, used, released with its work, or sent back to where it came from."""

from datetime import timedelta

import pytest
import time_machine

from marketplace.contracts.errors import NoFurtherRound, NotEnoughSetAside, NotPayable, NoWorkBeforeFunds, UnderDispute
from marketplace.contracts.models import Contract, Deliverable, Dispute, ExtraRound, Release, Return
from marketplace.contracts.selectors.money_line import money_line_of
from marketplace.contracts.selectors.room import get_deliverable, get_room
from marketplace.contracts.services.cancelling import answer_cancellation, ask_to_cancel, end_for_lateness
from marketplace.contracts.services.disputes import open_dispute, withdraw_dispute
from marketplace.contracts.services.extra_rounds import take_round_back
from marketplace.contracts.services.work import approve, publish, request_changes, verify
from marketplace.contracts.steps.end_preview import end_preview
from marketplace.core.actor import Role, StaffRole
from marketplace.core.errors import Forbidden, IllegalTransition, NotFound
from marketplace.core.models import Event
from marketplace.core.money import Money
from marketplace.core.timers.fire import fire_due
from marketplace.ledger import chart
from marketplace.ledger.models import FundingLot
from marketplace.ledger.selectors import balance_of, open_lots
from marketplace.notifications.models import Notice
from marketplace.payments.errors import NoSecondPerson, WalletSwitchedOff
from marketplace.payments.models import Approval, Funding, Refund, Transfer
from marketplace.payments.services.approvals import approve as approve_payment
from marketplace.payments.services.approvals import decline, set_limit
from tests.db.contracts.test_work import PAYS, nothing_moves, payable, protected, revenue, state
from tests.factories.deals import verify as verified
from tests.factories.disputes import split
from tests.factories.funded import approved, arrived, funded, handed_in, piece, three_pieces
from tests.factories.people import Person, make_member, make_owner, make_staff
from tests.factories.rounds import (
    PRICE,
    ROUND_PAYS,
    WORDS,
    asked_round,
    bought_round,
    priced,
    reviewed,
    round_to_pay,
)
from tests.factories.world import lot_of, represented
from tests.support.races import race
from tests.support.relay import relay_all


@pytest.fixture
def merchant(committed_db) -> Person:
    return make_owner("brand", "Chenyu Tea")


@pytest.fixture
def anchor(committed_db) -> Person:
    person = make_owner("anchor", "Xia Wei")
    verified(person.party, "anchor")
    return person


@pytest.fixture
def agency(anchor) -> Person:
    person = make_owner("agency", "North Quay")
    represented(person, anchor)
    relay_all()
    return person


def look(extra_round: ExtraRound) -> str:
    return ExtraRound.objects.get(pk=extra_round.pk).state


def wallet(person: Person) -> int:
    return balance_of(chart.wallet(person.party.public_id, person.party.pk), "CNY").amount_minor


def vat() -> int:
    return balance_of(chart.tax("vat"), "CNY").amount_minor


def refunds() -> list[tuple[int, str, str]]:
    return list(Refund.objects.order_by("id").values_list("amount_minor", "reason", "charge"))


def charge_of(extra_round: ExtraRound) -> str:
    return f"chg_{Funding.objects.get(part=extra_round.public_id).public_id}"


def balanced(contract: Contract) -> bool:
    return money_line_of(Contract.objects.get(pk=contract.pk)).off_by_minor == 0


# --- the term ---


def test_its_price_and_what_falls_where_of_it_are_frozen_and_said_in_both_languages(merchant, anchor, agency):
    contract = funded(merchant, anchor, agency, deal=priced(extra_round_minor=99_999))
    falls = contract.extra_round
    assert (falls.gross_minor, falls.platform_fee_minor, falls.vat_minor, falls.pays_minor) == (
        99_999,
        5_000,
        300,
        105_299,
    )
    assert (falls.agency_minor, falls.anchor_minor) == (15_000, 84_999)
    texts = {one.language: one.content for one in contract.documents.all()}
    assert "may buy a further round for CNY 999.99" in texts["en"]
    assert "It pays CNY 1,052.99" in texts["en"]
    assert "CNY 150.00 goes to the agency and CNY 849.99 to the anchor" in texts["en"]
    assert "加购一轮修改，每轮 CNY 999.99" in texts["zh-hans"]
    assert "CNY 150.00 归机构，CNY 849.99 归主播" in texts["zh-hans"]


def test_without_a_price_the_contract_says_that_none_can_be_bought(merchant, anchor):
    contract = funded(merchant, anchor, deal=three_pieces(revision_rounds=0))
    handed_in(anchor, contract, 2)
    assert contract.extra_round is None
    assert "No further round can be bought." in contract.documents.get(language="en").content
    assert "不可加购修改轮次。" in contract.documents.get(language="zh-hans").content
    nothing_moves(lambda: asked_round(merchant, contract), NoFurtherRound)


def test_a_contract_from_before_there_was_a_price_has_none(merchant, anchor):
    contract = reviewed(merchant, anchor)
    old = {name: value for name, value in contract.canonical.items() if name != "extra_round"}
    del old["deal"]["extra_round_minor"]
    Contract.objects.filter(pk=contract.pk).update(canonical=old)
    contract = Contract.objects.get(pk=contract.pk)
    assert (contract.extra_round, contract.deal.extra_round_minor) == (None, 0)
    nothing_moves(lambda: asked_round(merchant, contract), NoFurtherRound)
    approve(actor=merchant.actor, public_id=piece(contract, 2).public_id)
    assert payable(anchor) == 360_000


# --- asked for ---


def test_asked_for_it_keeps_its_words_and_nothing_else_changes(merchant, anchor):
    contract = reviewed(merchant, anchor)
    before = piece(contract, 2)
    extra_round = asked_round(merchant, contract, words="  Cut the second half. ")
    after = piece(contract, 2)
    assert (extra_round.words, extra_round.state) == (WORDS, "asked")
    assert (after.state, after.review_by, after.rounds_used) == ("submitted", before.review_by, 0)
    assert (protected(contract), state(contract)) == (PAYS, "active")
    assert asked_round(merchant, contract) == extra_round
    nothing_moves(lambda: asked_round(merchant, contract, words="Something else."), NoFurtherRound)
    relay_all()
    said = Notice.objects.get(kind="round_to_pay")
    assert (said.facts["amount"], said.facts["work"]) == ("CNY 1,263.60", "Draft")
    assert said.path == f"/rounds/{extra_round.public_id}/pay/"


def test_only_after_the_free_rounds_and_only_in_a_review(merchant, anchor):
    contract = funded(merchant, anchor, deal=priced(revision_rounds=1))
    nothing_moves(lambda: asked_round(merchant, contract), NoFurtherRound)
    handed_in(anchor, contract, 2)
    nothing_moves(lambda: asked_round(merchant, contract), NoFurtherRound)
    request_changes(actor=merchant.actor, public_id=piece(contract, 2).public_id, words="Shorter.")
    nothing_moves(lambda: asked_round(merchant, contract), NoFurtherRound)
    handed_in(anchor, contract, 2)
    assert asked_round(merchant, contract).state == "asked"
    assert not ExtraRound.objects.exclude(state="asked").exists()


def test_whoever_reviews_asks_and_whoever_pays_pays(merchant, anchor):
    contract = reviewed(merchant, anchor)
    stranger = make_owner("brand", "Far Away")
    manager, finance = make_member(merchant.party, Role.MANAGER), make_member(merchant.party, Role.FINANCE)
    for person in (finance, make_member(merchant.party, Role.MEMBER), anchor):
        nothing_moves(lambda person=person: asked_round(person, contract), Forbidden)
    nothing_moves(lambda: asked_round(stranger, contract), NotFound)
    extra_round = asked_round(manager, contract)
    for person in (manager, anchor):
        nothing_moves(lambda person=person: round_to_pay(person, extra_round), Forbidden)
    nothing_moves(lambda: round_to_pay(stranger, extra_round), NotFound)
    funding = round_to_pay(finance, extra_round)
    assert (funding.contract, funding.part, funding.amount_minor, funding.state) == (
        contract.public_id,
        extra_round.public_id,
        ROUND_PAYS,
        "submitting",
    )
    nothing_moves(
        lambda: take_round_back(actor=finance.actor, public_id=extra_round.public_id),
        Forbidden,
    )
    assert take_round_back(actor=manager.actor, public_id=extra_round.public_id).state == "withdrawn"


def test_none_is_asked_for_in_a_dispute_or_after_the_end(merchant, anchor):
    contract = reviewed(merchant, anchor)
    dispute = disputed(merchant, contract)
    nothing_moves(lambda: asked_round(merchant, contract), UnderDispute)
    withdraw_dispute(actor=merchant.actor, public_id=dispute.public_id)
    cancelled(merchant, anchor, contract)
    nothing_moves(lambda: asked_round(merchant, contract), NoWorkBeforeFunds)


# --- paid ---


def test_paid_by_its_checkout_the_changes_are_asked_for_and_its_lot_is_its_own(merchant, anchor):
    contract = reviewed(merchant, anchor)
    extra_round = asked_round(merchant, contract)
    funding = round_to_pay(merchant, extra_round)
    assert round_to_pay(merchant, extra_round, key="another") == funding
    arrived(funding)
    relay_all()
    extra_round.refresh_from_db()
    one = piece(contract, 2)
    assert (extra_round.state, extra_round.funded_by) == ("paid", funding.public_id)
    assert (one.state, one.rounds_used, one.rounds_allowed, one.review_by) == ("changes_requested", 1, 1, None)
    assert one.submissions.get().asked == WORDS
    lot = FundingLot.objects.get(public_id=extra_round.lots[0])
    assert (lot.charge, lot.remaining_minor) == (f"chg_{funding.public_id}", ROUND_PAYS)
    assert protected(contract) == PAYS + ROUND_PAYS
    told = {notice.kind: notice.facts for notice in Notice.objects.filter(kind__startswith="round_")}
    assert (told["round_paid"]["amount"], told["round_bought"]["amount"]) == ("CNY 1,263.60", "CNY 1,200.00")
    assert not Notice.objects.filter(kind="changes_requested").exists()
    nothing_moves(lambda: round_to_pay(merchant, extra_round, key="late"), NotPayable)


def test_bought_and_released_with_its_work_by_the_split_that_was_signed(merchant, anchor, agency):
    contract = reviewed(merchant, anchor, agency, extra_round_minor=99_999)
    extra_round = bought_round(merchant, contract)
    handed_in(anchor, contract, 2)
    assert look(extra_round) == "used"
    assert protected(contract) == PAYS + 105_299
    approve(actor=merchant.actor, public_id=piece(contract, 2).public_id)
    # The draft: 3,600.00 of the fee, with 180.00 and 10.80; the round: 999.99, with 50.00 and 3.00.
    assert (payable(anchor), payable(agency)) == (306_000 + 84_999, 54_000 + 15_000)
    assert (revenue(), vat()) == (18_000 + 5_000, 1_080 + 300)
    assert protected(contract) == PAYS - 379_080
    assert look(extra_round) == "settled"
    made = Release.objects.get(extra_round=extra_round)
    assert (made.why, made.gross_minor, made.agency_minor, made.anchor_minor) == ("round", 99_999, 15_000, 84_999)
    said = Transfer.objects.filter(is_round=True).order_by("amount_minor")
    assert [(one.amount_minor, one.charge) for one in said] == [
        (15_000, charge_of(extra_round)),
        (84_999, charge_of(extra_round)),
    ]
    assert said[0].what_for == "Autumn oolong, live · Draft · further round of changes"
    relay_all()
    assert sorted(notice.facts["amount"] for notice in Notice.objects.filter(kind="round_released")) == [
        "CNY 150.00",
        "CNY 849.99",
    ]


def test_two_rounds_of_one_piece_and_one_of_another_all_come_out_to_the_cent(merchant, anchor, agency):
    contract = reviewed(merchant, anchor, agency, extra_round_minor=33_333)
    for words in ("Shorter.", "Shorter still."):
        bought_round(merchant, contract, words=words)
        handed_in(anchor, contract, 2)
    assert (piece(contract, 2).rounds_used, piece(contract, 2).rounds_allowed) == (2, 2)
    approve(actor=merchant.actor, public_id=piece(contract, 2).public_id)
    approved(merchant, anchor, contract, 1)
    handed_in(anchor, contract, 3)
    bought_round(merchant, contract, 3)
    handed_in(anchor, contract, 3)
    approve(actor=merchant.actor, public_id=piece(contract, 3).public_id)
    assert ExtraRound.objects.get(deliverable__place=3).state == "used"  # a video is released when it is verified
    publish(actor=anchor.actor, public_id=piece(contract, 3).public_id, link="https://www.douyin.com/video/7")
    verify(actor=merchant.actor, public_id=piece(contract, 3).public_id)
    # 333.33 each: 16.67 platform fee, 1.00 VAT, 50.00 to the agency.
    assert (state(contract), protected(contract)) == ("completed", 0)
    assert (payable(anchor), payable(agency)) == (1_020_000 + 3 * 28_333, 180_000 + 3 * 5_000)
    assert (revenue(), vat()) == (60_000 + 3 * 1_667, 3_600 + 3 * 100)
    assert not open_lots(chart.protected(contract.public_id, contract.merchant_id)).exists()
    assert balanced(contract)


def test_nothing_of_it_is_kept_back_until_the_stay_up_date(merchant, anchor):
    contract = reviewed(merchant, anchor, place=3, holdback_bp=1_000)
    bought_round(merchant, contract, 3)
    handed_in(anchor, contract, 3)
    approve(actor=merchant.actor, public_id=piece(contract, 3).public_id)
    publish(actor=anchor.actor, public_id=piece(contract, 3).public_id, link="https://www.douyin.com/video/7")
    verify(actor=merchant.actor, public_id=piece(contract, 3).public_id)
    assert payable(anchor) == 540_000 + PRICE


def test_bought_from_the_wallet_at_once(merchant, anchor):
    lot_of(merchant, ROUND_PAYS - 1)
    contract = reviewed(merchant, anchor)
    extra_round = asked_round(merchant, contract)
    nothing_moves(lambda: round_to_pay(merchant, extra_round, source="wallet"), NotEnoughSetAside)
    lot_of(merchant, 100)
    round_to_pay(merchant, extra_round, source="wallet", key="from-the-wallet")
    extra_round.refresh_from_db()
    assert (extra_round.state, extra_round.funded_by, len(extra_round.lots)) == ("paid", "wallet", 2)
    assert (piece(contract, 2).state, wallet(merchant), protected(contract)) == (
        "changes_requested",
        99,
        PAYS + ROUND_PAYS,
    )
    assert round_to_pay(merchant, extra_round, source="wallet", key="from-the-wallet") == extra_round
    assert wallet(merchant) == 99
    # One of its lots is older than the contract's; they carry nothing but it all the same.
    approved(merchant, anchor, contract, 1)
    assert sum(FundingLot.objects.get(public_id=lot).remaining_minor for lot in extra_round.lots) == ROUND_PAYS


def test_not_from_the_wallet_where_that_is_off_and_not_from_the_budget(merchant, anchor, settings):
    contract = reviewed(merchant, anchor)
    extra_round = asked_round(merchant, contract)
    lot_of(merchant, ROUND_PAYS)
    nothing_moves(lambda: round_to_pay(merchant, extra_round, source="reserve"), NotPayable)
    settings.WALLET_ENABLED = False
    nothing_moves(lambda: round_to_pay(merchant, extra_round, source="wallet"), WalletSwitchedOff)
    assert (look(extra_round), wallet(merchant)) == ("asked", ROUND_PAYS)


def test_paid_twice_the_second_goes_back_to_where_it_came_from(merchant, anchor):
    contract = reviewed(merchant, anchor)
    extra_round = asked_round(merchant, contract)
    lot_of(merchant, ROUND_PAYS)
    funding = round_to_pay(merchant, extra_round)
    round_to_pay(merchant, extra_round, source="wallet", key="quicker")
    arrived(funding)
    relay_all()
    assert refunds() == [(ROUND_PAYS, "not_needed", f"chg_{funding.public_id}")]
    assert (protected(contract), look(extra_round), piece(contract, 2).rounds_used) == (PAYS + ROUND_PAYS, "paid", 1)
    relay_all()
    assert Refund.objects.count() == 1


@pytest.mark.parametrize("meanwhile", ["approved", "approved_by_clock", "cancelled", "disputed", "taken_back"])
def test_money_that_comes_too_late_goes_back(merchant, anchor, meanwhile):
    contract = reviewed(merchant, anchor)
    extra_round = asked_round(merchant, contract)
    funding = round_to_pay(merchant, extra_round)
    one = piece(contract, 2)
    if meanwhile == "approved":
        approve(actor=merchant.actor, public_id=one.public_id)
    elif meanwhile == "approved_by_clock":
        relay_all()
        for before in (24, 4, 0):
            with time_machine.travel(one.review_by - timedelta(hours=before) + timedelta(seconds=1), tick=False):
                fire_due()
                relay_all()
        assert piece(contract, 2).approved_by_clock
    elif meanwhile == "cancelled":
        cancelled(merchant, anchor, contract)
    elif meanwhile == "disputed":
        disputed(merchant, contract)
    else:
        take_round_back(actor=merchant.actor, public_id=extra_round.public_id)
    assert look(extra_round) == ("withdrawn" if meanwhile == "taken_back" else "lapsed")
    before = protected(contract)
    stood = piece(contract, 2).state
    arrived(funding)
    relay_all()
    assert (ROUND_PAYS, "not_needed", f"chg_{funding.public_id}") in refunds()
    assert (protected(contract), piece(contract, 2).state, piece(contract, 2).rounds_used) == (before, stood, 0)
    assert Notice.objects.filter(kind="contract_payment_sent_back").count() == 1
    nothing_moves(lambda: round_to_pay(merchant, extra_round, key="again"), NotPayable)


def test_taken_back_and_asked_anew_it_is_another_one(merchant, anchor):
    contract = reviewed(merchant, anchor)
    first = asked_round(merchant, contract)
    take_round_back(actor=merchant.actor, public_id=first.public_id)
    nothing_moves(lambda: take_round_back(actor=merchant.actor, public_id=first.public_id), IllegalTransition)
    second = bought_round(merchant, contract, words="Something else.")
    assert (look(first), look(second)) == ("withdrawn", "paid")
    assert piece(contract, 2).submissions.get().asked == "Something else."
    nothing_moves(lambda: take_round_back(actor=merchant.actor, public_id=second.public_id), IllegalTransition)


# --- a second person ---


def test_above_the_limit_a_second_person_approves(merchant, anchor):
    contract = reviewed(merchant, anchor)
    extra_round = asked_round(merchant, contract)
    colleague = make_member(merchant.party, Role.FINANCE)
    set_limit(actor=merchant.actor, currency="CNY", limit_minor=ROUND_PAYS - 1)
    lot_of(merchant, ROUND_PAYS)
    approvals = [
        round_to_pay(merchant, extra_round, key=key, source=source)
        for key, source in (("1", "checkout"), ("2", "checkout"), ("3", "wallet"))
    ]
    assert [(one.kind, one.amount_minor, one.state) for one in approvals] == [("round", ROUND_PAYS, "asked")] * 3
    assert (look(extra_round), protected(contract), Funding.objects.filter(contract=contract.public_id).count()) == (
        "asked",
        PAYS,
        1,
    )
    results = [approve_payment(actor=colleague.actor, public_id=one.public_id).result for one in approvals[:2]]
    funding = Funding.objects.get(part=extra_round.public_id)
    assert results == [funding.public_id] * 2
    assert approve_payment(actor=colleague.actor, public_id=approvals[2].public_id).result == extra_round.public_id
    assert (look(extra_round), protected(contract)) == ("paid", PAYS + ROUND_PAYS)


def test_a_yes_after_the_review_and_a_no_move_nothing(merchant, anchor):
    contract = reviewed(merchant, anchor)
    extra_round = asked_round(merchant, contract)
    set_limit_alone = ROUND_PAYS - 1
    colleague = make_member(merchant.party, Role.FINANCE)
    set_limit(actor=merchant.actor, currency="CNY", limit_minor=set_limit_alone)
    refused, late = (round_to_pay(merchant, extra_round, key=key) for key in ("1", "2"))
    decline(actor=colleague.actor, public_id=refused.public_id)
    assert look(extra_round) == "asked"
    approve(actor=merchant.actor, public_id=piece(contract, 2).public_id)
    nothing_moves(lambda: approve_payment(actor=colleague.actor, public_id=late.public_id), NotPayable)
    assert Approval.objects.get(pk=late.pk).state == "asked"
    assert not Funding.objects.filter(part=extra_round.public_id).exists()


def test_above_the_limit_and_alone_it_is_refused(merchant, anchor):
    contract = reviewed(merchant, anchor)
    extra_round = asked_round(merchant, contract)
    colleague = make_member(merchant.party, Role.FINANCE)
    set_limit(actor=merchant.actor, currency="CNY", limit_minor=ROUND_PAYS - 1)
    colleague.user.memberships.all().delete()
    nothing_moves(lambda: round_to_pay(merchant, extra_round), NoSecondPerson)


# --- the end of the contract ---


def cancelled(merchant: Person, anchor: Person, contract: Contract, asker: Person | None = None) -> None:
    asker = asker or merchant
    other = anchor if asker is merchant else merchant
    asked = ask_to_cancel(actor=asker.actor, public_id=contract.public_id, words="Our plans have changed.")
    answer_cancellation(actor=other.actor, public_id=asked.contract.public_id, agree=True)


def shown(person: Person, contract: Contract) -> dict[str, Money]:
    """What the page says beforehand."""
    room = get_room(person.actor, contract.public_id)
    side = "anchor" if person.party.pk == contract.anchor_id else "merchant"
    return end_preview(room.contract, room.work, side).sums


def test_cancelled_before_it_was_used_it_goes_back_with_its_fee_and_vat(merchant, anchor):
    contract = reviewed(merchant, anchor)
    extra_round = bought_round(merchant, contract)
    sums = shown(merchant, contract)
    cancelled(merchant, anchor, contract)
    # A draft was handed in: 60 % of 12,000.00, with 360.00 platform fee and 21.60 VAT.
    assert (payable(anchor), revenue(), vat()) == (720_000, 36_000, 2_160)
    assert (sums["anchor"], sums["rounds"]) == (Money(720_000, "CNY"), Money(0, "CNY"))
    assert (sums["fees"], sums["back"]) == (Money(38_160, "CNY"), Money(PAYS - 758_160 + ROUND_PAYS, "CNY"))
    assert (ROUND_PAYS, "cancelled", charge_of(extra_round)) in refunds()
    assert sum(amount for amount, _reason, _charge in refunds()) == sums["back"].amount_minor
    given = Return.objects.get(extra_round=extra_round)
    assert (given.gross_minor, given.platform_fee_minor, given.vat_minor) == (PRICE, 6_000, 360)
    assert (look(extra_round), protected(contract), balanced(contract)) == ("settled", 0, True)


@pytest.mark.parametrize("by_anchor", [False, True])
def test_cancelled_after_it_was_used_it_is_owed_in_full(merchant, anchor, agency, by_anchor):
    contract = reviewed(merchant, anchor, agency)
    extra_round = bought_round(merchant, contract)
    handed_in(anchor, contract, 2)
    asker = anchor if by_anchor else merchant
    sums = shown(asker, contract)
    cancelled(merchant, anchor, contract, asker)
    # The merchant asks: the draft that is in review whole, 60 % of the other 8,400.00. The anchor asks: no kill fee.
    kill = 0 if by_anchor else 360_000 + 504_000
    assert payable(anchor) + payable(agency) == kill + PRICE
    assert (sums["anchor"].amount_minor, sums["rounds"].amount_minor) == (kill + PRICE, PRICE)
    assert sum(amount for amount, _reason, _charge in refunds()) == sums["back"].amount_minor
    made = Release.objects.get(extra_round=extra_round)
    assert (made.agency_minor, made.anchor_minor, made.platform_fee_minor, made.vat_minor) == (
        18_000,
        102_000,
        6_000,
        360,
    )
    assert (protected(contract), look(extra_round), balanced(contract)) == (0, "settled", True)
    relay_all()
    ended = Event.objects.get(name="contract.cancelled").data
    assert (ended["kill_fee_minor"], ended["rounds_minor"]) == (kill, PRICE)
    assert Notice.objects.filter(kind="contract_cancelled").first().facts["fee"] == str(Money(kill + PRICE, "CNY"))


def test_ended_because_nothing_came_after_it_all_of_it_goes_back(merchant, anchor):
    contract = reviewed(merchant, anchor)
    approved(merchant, anchor, contract, 1)
    extra_round = bought_round(merchant, contract)
    due = piece(contract, 2).due_at
    with time_machine.travel(due + timedelta(minutes=1), tick=False):
        fire_due()
        assert piece(contract, 2).state == "overdue"
    with time_machine.travel(due + timedelta(hours=73), tick=False):
        end_for_lateness(actor=merchant.actor, public_id=contract.public_id, words="Nothing came.")
    assert (payable(anchor), protected(contract), look(extra_round)) == (240_000, 0, "settled")
    assert sorted(amount for amount, _reason, _charge in refunds()) == [ROUND_PAYS, PAYS - 252_720]


def test_day_85_what_was_used_is_released_and_what_was_not_goes_back(merchant, anchor):
    contract = reviewed(merchant, anchor, review_days=30)
    used = bought_round(merchant, contract)
    handed_in(anchor, contract, 2)
    handed_in(anchor, contract, 1)
    unused = bought_round(merchant, contract, 1)
    contract.refresh_from_db()
    with time_machine.travel(contract.funded_at + timedelta(days=85, minutes=5), tick=False):
        Deliverable.objects.filter(contract=contract).update(review_by=None)
        day_85(contract)
    assert (state(contract), payable(anchor), protected(contract)) == ("cancelled", PRICE, 0)
    assert (look(used), look(unused)) == ("settled", "settled")
    assert (ROUND_PAYS, "cancelled", charge_of(unused)) in refunds()
    assert Return.objects.get(extra_round=unused).why == "too_old"
    assert balanced(contract)


def test_day_85_what_is_disputed_goes_back_used_or_not(merchant, anchor):
    contract = reviewed(merchant, anchor)
    extra_round = bought_round(merchant, contract)
    handed_in(anchor, contract, 2)
    disputed(merchant, contract)
    contract.refresh_from_db()
    with time_machine.travel(contract.funded_at + timedelta(days=85, minutes=5), tick=False):
        day_85(contract)
    assert (state(contract), payable(anchor), protected(contract)) == ("cancelled", 0, 0)
    assert sorted(amount for amount, _reason, _charge in refunds()) == [ROUND_PAYS, PAYS]
    assert look(extra_round) == "settled"


def day_85(contract: Contract) -> None:
    """Only the clocks of its lots, so that no other of those 85 days has anything to say."""
    from marketplace.core.models import Timer

    Timer.objects.exclude(kind="lot.return").delete()
    fire_due()
    relay_all()


# --- a dispute ---


def disputed(person: Person, contract: Contract, place: int = 2) -> Dispute:
    return open_dispute(
        actor=person.actor, deliverable_public_id=piece(contract, place).public_id, words="It is not it.", anchor_bp=0
    )


@pytest.mark.parametrize("anchor_bp", [0, 3_333, 10_000])
def test_a_dispute_freezes_it_and_the_decision_splits_it(merchant, anchor, agency, anchor_bp):
    contract = reviewed(merchant, anchor, agency, extra_round_minor=99_999)
    extra_round = bought_round(merchant, contract)
    handed_in(anchor, contract, 2)
    dispute = disputed(merchant, contract)
    assert dispute.amount_minor == 360_000 + 99_999
    split(merchant, anchor, make_staff(StaffRole.OPERATIONS), dispute, anchor_bp)
    share, of_round = 360_000 * anchor_bp // 10_000, 99_999 * anchor_bp // 10_000
    assert payable(anchor) + payable(agency) == share + of_round
    assert look(extra_round) == "settled"
    relay_all()
    settled = Event.objects.get(name="contract.dispute_settled").data
    assert (settled["anchor_minor"], settled["merchant_minor"]) == (share + of_round, 459_999 - share - of_round)
    back = [amount for amount, reason, charge in refunds() if charge == charge_of(extra_round)]
    parts = Release.objects.filter(extra_round=extra_round).first()
    gone = parts.gross_minor + parts.platform_fee_minor + parts.vat_minor if parts else 0
    assert sum(back) == 105_299 - gone
    assert balanced(contract)


def test_a_dispute_that_is_taken_back_leaves_it_where_it_was(merchant, anchor):
    contract = reviewed(merchant, anchor)
    extra_round = bought_round(merchant, contract)
    dispute = disputed(anchor, contract)
    assert (dispute.amount_minor, look(extra_round)) == (360_000 + PRICE, "paid")
    withdraw_dispute(actor=anchor.actor, public_id=dispute.public_id)
    handed_in(anchor, contract, 2)
    approve(actor=merchant.actor, public_id=piece(contract, 2).public_id)
    assert payable(anchor) == 360_000 + PRICE


# --- two at once ---


@pytest.mark.parametrize("_round", range(3))
def test_two_clicks_at_once_are_one_round_and_one_payment(merchant, anchor, _round):
    contract = reviewed(merchant, anchor)
    one, other = race(lambda: asked_round(merchant, contract), lambda: asked_round(merchant, contract))
    assert one == other == ExtraRound.objects.get()
    lot_of(merchant, 3 * ROUND_PAYS)
    results = race(*[lambda: round_to_pay(merchant, one, source="wallet", key="once") for _ in range(2)])
    assert results == [one, one]
    assert (wallet(merchant), protected(contract)) == (2 * ROUND_PAYS, PAYS + ROUND_PAYS)
    assert piece(contract, 2).rounds_used == 1


@pytest.mark.parametrize("_round", range(3))
def test_two_people_pay_it_at_once_and_one_payment_is_taken(merchant, anchor, _round):
    contract = reviewed(merchant, anchor)
    extra_round = asked_round(merchant, contract)
    finance = make_member(merchant.party, Role.FINANCE)
    lot_of(merchant, 3 * ROUND_PAYS)
    results = race(
        lambda: round_to_pay(merchant, extra_round, source="wallet", key="hers"),
        lambda: round_to_pay(finance, extra_round, source="wallet", key="his"),
    )
    assert sorted(type(one).__name__ for one in results) == ["ExtraRound", "NotPayable"]
    assert (wallet(merchant), protected(contract)) == (2 * ROUND_PAYS, PAYS + ROUND_PAYS)


@pytest.mark.parametrize("_round", range(5))
def test_paid_and_approved_at_once(merchant, anchor, _round):
    """Whichever comes first: changes are asked for and paid, or it is approved and nothing is paid."""
    contract = reviewed(merchant, anchor)
    extra_round = asked_round(merchant, contract)
    lot_of(merchant, ROUND_PAYS)
    race(
        lambda: round_to_pay(merchant, extra_round, source="wallet"),
        lambda: approve(actor=merchant.actor, public_id=piece(contract, 2).public_id),
    )
    end = piece(contract, 2).state, look(extra_round), wallet(merchant), protected(contract)
    assert end in {
        ("changes_requested", "paid", 0, PAYS + ROUND_PAYS),
        ("approved", "lapsed", ROUND_PAYS, PAYS - 379_080),
    }


# --- where it stands ---


def test_the_money_line_and_the_spending_hold_it(merchant, anchor):
    contract = reviewed(merchant, anchor)
    bought_round(merchant, contract)
    line = money_line_of(Contract.objects.get(pk=contract.pk))
    assert (line.paid_in_minor, line.rounds_minor, line.protected_minor, line.off_by_minor) == (
        PAYS + ROUND_PAYS,
        ROUND_PAYS,
        PAYS + ROUND_PAYS,
        0,
    )
    handed_in(anchor, contract, 2)
    approve(actor=merchant.actor, public_id=piece(contract, 2).public_id)
    line = money_line_of(Contract.objects.get(pk=contract.pk))
    assert (line.at("released"), line.fee_minor, line.off_by_minor) == (360_000 + PRICE, 19_080 + 6_360, 0)
    assert get_deliverable(merchant.actor, piece(contract, 2).public_id).extra_rounds.count() == 1
