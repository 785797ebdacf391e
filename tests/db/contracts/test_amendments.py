"""A contract that is changed: in force when all have signed and the money has followed, or not at all."""

from datetime import timedelta

import pytest
import time_machine
from django.db import DatabaseError, transaction

from marketplace.contracts.errors import (
    AlreadySigned,
    AmendmentOvertaken,
    AmendmentStands,
    DocumentChanged,
    ImpossibleTerms,
    NotASigner,
    NotEnoughSetAside,
    NotPayable,
    NoWorkBeforeFunds,
    SameTerms,
)
from marketplace.contracts.handlers.money import take_payment
from marketplace.contracts.models import Amendment, Contract, Return
from marketplace.contracts.selectors.money_line import money_line_of
from marketplace.contracts.services.amendments import decline_amendment, sign_amendment, withdraw_amendment
from marketplace.contracts.services.cancelling import answer_cancellation, ask_to_cancel
from marketplace.contracts.services.work import approve, verify
from marketplace.core import clock
from marketplace.core.actor import Role
from marketplace.core.errors import Forbidden, IllegalTransition, NotFound
from marketplace.core.models import Event, Timer
from marketplace.core.money import Money
from marketplace.core.timers.fire import fire_due
from marketplace.core.tx import use_case
from marketplace.documents.models import Document
from marketplace.notifications.models import Notice
from marketplace.payments.models import Approval, Funding, Refund
from marketplace.payments.services.approvals import approve as approve_payment
from marketplace.payments.services.approvals import set_limit
from tests.db.contracts.test_work import PAYS, nothing_moves, protected
from tests.factories.amendments import agreed, change_to_pay, changed, paid, proposed, signs
from tests.factories.deals import PROOF
from tests.factories.deals import verify as verified
from tests.factories.funded import approved, arrived, funded, handed_in, piece, published, three_pieces
from tests.factories.people import Person, make_member, make_owner
from tests.factories.world import lot_of, represented
from tests.support.races import race
from tests.support.relay import relay_all

FEE = 1_200_000
MORE = 105_300  # 1,000.00, its platform fee of 50.00 and 3.00 VAT on that


@pytest.fixture
def merchant(committed_db) -> Person:
    return make_owner("brand", "Chenyu Tea")


@pytest.fixture
def anchor(committed_db) -> Person:
    person = make_owner("anchor", "Xia Wei")
    verified(person.party, "anchor")
    return person


@pytest.fixture
def contract(merchant, anchor) -> Contract:
    return funded(merchant, anchor, deal=three_pieces())


def now_in(contract: Contract) -> Contract:
    contract.refresh_from_db()
    return contract


def open_clocks(public_id: str) -> dict[str, object]:
    return dict(Timer.objects.filter(aggregate=public_id, state="pending").values_list("kind", "due_at"))


def test_more_time_is_in_force_with_the_last_signature_and_moves_the_clocks(merchant, anchor, contract):
    first, last = piece(contract, 1), piece(contract, 3)
    day = first.due_on + timedelta(days=6)
    until = contract.deal.publish_until + timedelta(days=7)
    amendment = proposed(anchor, contract, "The tea comes later.", due_on={1: day}, publish_until=until)
    relay_all()
    assert Notice.objects.filter(kind="amendment_to_sign").count() == 2
    signs(anchor, amendment)
    assert now_in(contract).deal.publish_until == until - timedelta(days=7)
    signs(merchant, amendment)
    amendment.refresh_from_db()
    assert (amendment.state, amendment.funded_by) == ("in_force", "")
    assert now_in(contract).deal.publish_until == until
    assert contract.signed_deal.publish_until == until - timedelta(days=7)
    first.refresh_from_db()
    assert first.due_on == day
    assert open_clocks(first.public_id)["deliverable.due"] == first.due_at
    assert piece(contract, 3).due_on == last.due_on
    assert protected(contract) == PAYS
    assert not Return.objects.exists()
    assert "amendment.sign_expire" not in open_clocks(amendment.public_id)
    relay_all()
    assert Notice.objects.filter(kind="amendment_in_force").count() == 2


def test_the_words_say_what_differs_in_both_languages_and_prove_themselves(merchant, anchor, contract):
    hostile = "{{ contract.title }} {% now 'Y' %}\n3. THE MONEY"
    amendment = proposed(merchant, contract, hostile, fee_minor=FEE + 100_000)
    chinese, english = (amendment.documents.get(language=one) for one in ("zh-hans", "en"))
    assert chinese.governs
    assert "Fee: CNY 13,000.00 (until now CNY 12,000.00)" in english.content
    assert "Script, releases: CNY 2,600.00 (until now CNY 2,400.00)" in english.content
    assert "The merchant pays CNY 1,053.00 more" in english.content
    assert "{{ contract.title }} {% now 'Y' %}\n    3. THE MONEY" in english.content
    assert "CNY 13,000.00（此前为 CNY 12,000.00）" in chinese.content
    for text in (chinese, english):
        assert contract.terms_sha256 in text.content
        assert amendment.terms_sha256 in text.content
    with pytest.raises(DatabaseError), transaction.atomic():
        Amendment.objects.filter(pk=amendment.pk).update(canonical={})
    with pytest.raises(DatabaseError), transaction.atomic():
        amendment.documents.update(content="other")


def test_a_higher_fee_is_in_force_when_it_is_paid_and_released_with_the_work(merchant, anchor, contract):
    approved(merchant, anchor, contract, 1)
    relay_all()
    amendment = agreed(proposed(merchant, contract, fee_minor=FEE + 100_000), anchor, merchant)
    assert (amendment.state, amendment.pays) == ("awaiting_funds", Money(MORE, "CNY"))
    assert now_in(contract).deal.fee_minor == FEE
    relay_all()
    assert Notice.objects.filter(kind="amendment_to_pay").count() == 1

    paid(merchant, amendment)
    assert amendment.state == "in_force"
    assert amendment.funded_by.startswith("fnd_")
    assert now_in(contract).gross_minor == contract.falls.gross_minor == FEE + 100_000
    assert [one.releases_minor for one in contract.deliverables.order_by("place")] == [240_000, 397_500, 662_500]
    assert money_line_of(contract).off_by_minor == 0
    receipt = Document.objects.get(cause=f"receipt:{amendment.funded_by}")
    body = receipt.contents["body"]
    assert (body["what"], body["gross_minor"], body["vat_minor"]) == ("amendment", 100_000, 300)

    approved(merchant, anchor, contract, 2)
    published(merchant, anchor, contract, 3)
    verify(actor=merchant.actor, public_id=piece(contract, 3).public_id)
    assert now_in(contract).state == "completed"
    assert protected(contract) == 0
    assert sum(one.gross_minor for one in contract.releases.all()) == FEE + 100_000


def test_a_lower_fee_sends_the_difference_back_to_its_source_at_once(merchant, anchor, contract):
    approved(merchant, anchor, contract, 1)
    amendment = agreed(proposed(anchor, contract, fee_minor=FEE - 100_000), merchant, anchor)
    assert amendment.state == "in_force"
    refund = Refund.objects.get()
    assert (refund.reason, refund.amount_minor) == ("amended", MORE)
    back = Return.objects.get()
    assert (back.why, back.gross_minor, back.total) == ("amended", 100_000, Money(MORE, "CNY"))
    assert [one.releases_minor for one in contract.deliverables.order_by("place")] == [240_000, 322_500, 537_500]
    assert money_line_of(now_in(contract)).off_by_minor == 0
    approved(merchant, anchor, contract, 2)
    published(merchant, anchor, contract, 3)
    verify(actor=merchant.actor, public_id=piece(contract, 3).public_id)
    assert now_in(contract).state == "completed"
    assert protected(contract) == 0


def test_an_agency_signs_too_and_has_its_part_of_the_difference(merchant, anchor):
    agency = make_owner("agency", "North Quay")
    represented(agency, anchor)
    relay_all()
    contract = funded(merchant, anchor, agency, deal=three_pieces())
    amendment = agreed(proposed(agency, contract, fee_minor=FEE + 100_000), anchor, merchant)
    assert amendment.state == "signing"
    signs(agency, amendment)
    paid(merchant, amendment)
    falls = now_in(contract).falls
    assert falls.agency_minor == (FEE + 100_000) * falls.agency_share_bp // 10_000


@pytest.mark.parametrize("source", ["wallet", "reserve"])
def test_out_of_what_is_there_the_money_and_the_terms_change_together(merchant, anchor, contract, source):
    amendment = agreed(proposed(merchant, contract, fee_minor=FEE + 100_000), merchant, anchor)
    nothing_moves(lambda: change_to_pay(merchant, amendment, source=source), NotEnoughSetAside)
    if source == "wallet":
        lot_of(merchant, 200_000)
        change_to_pay(merchant, amendment, source=source)
        amendment.refresh_from_db()
        assert (amendment.state, amendment.funded_by) == ("in_force", "wallet")
        assert protected(contract) == PAYS + MORE
        nothing_moves(lambda: change_to_pay(merchant, amendment, key="again", source=source), NotPayable)


def test_above_the_limit_a_second_person_approves(merchant, anchor, contract):
    colleague = make_member(merchant.party, Role.FINANCE)
    set_limit(actor=merchant.actor, currency="CNY", limit_minor=1_000)
    lot_of(merchant, 200_000)
    amendment = agreed(proposed(merchant, contract, fee_minor=FEE + 100_000), merchant, anchor)
    asked = change_to_pay(merchant, amendment, source="wallet")
    assert isinstance(asked, Approval)
    amendment.refresh_from_db()
    assert amendment.state == "awaiting_funds"
    approve_payment(actor=colleague.actor, public_id=asked.public_id)
    amendment.refresh_from_db()
    assert amendment.state == "in_force"


def test_what_was_overdue_has_time_again(merchant, anchor, contract):
    late = piece(contract, 1)
    with time_machine.travel(late.due_at + timedelta(hours=1), tick=False):
        fire_due()
        late.refresh_from_db()
        assert late.state == "overdue"
        day = clock.today() + timedelta(days=3)
        agreed(proposed(anchor, contract, due_on={1: day}), anchor, merchant)
        late.refresh_from_db()
        assert (late.state, late.overdue_at) == ("planned", None)
        assert set(open_clocks(late.public_id)) == {"deliverable.due", "deliverable.due_remind"}
        handed_in(anchor, contract, 1)


def test_what_is_refused_changes_nothing(merchant, anchor, contract, committed_db):
    stranger = make_owner("brand", "Nobody")
    viewer = make_member(merchant.party, Role.VIEWER)
    nothing_moves(lambda: proposed(stranger, contract, fee_minor=1), NotFound)
    nothing_moves(lambda: proposed(viewer, contract, fee_minor=1), Forbidden)
    nothing_moves(lambda: proposed(merchant, contract), SameTerms)
    nothing_moves(lambda: proposed(merchant, contract, fee_minor=0), ImpossibleTerms)
    amendment = proposed(merchant, contract, fee_minor=FEE + 100_000)
    nothing_moves(lambda: proposed(anchor, contract, fee_minor=FEE + 1), AmendmentStands)
    nothing_moves(lambda: signs(stranger, amendment), NotFound)
    nothing_moves(lambda: signs(viewer, amendment), NotASigner)
    wrong = {"actor": anchor.actor, "public_id": amendment.public_id, "document_sha256": "0" * 64, "proof": PROOF}
    nothing_moves(lambda: sign_amendment(**wrong), DocumentChanged)
    nothing_moves(lambda: withdraw_amendment(actor=anchor.actor, public_id=amendment.public_id), Forbidden)
    nothing_moves(lambda: change_to_pay(merchant, amendment), NotPayable)
    signs(anchor, amendment)
    nothing_moves(lambda: signs(anchor, amendment), AlreadySigned)
    nothing_moves(lambda: decline_amendment(actor=anchor.actor, public_id=amendment.public_id), AlreadySigned)
    assert now_in(contract).amended == {}


def test_declined_taken_back_or_lapsed_the_contract_stays_and_another_can_be_proposed(merchant, anchor, contract):
    one = proposed(merchant, contract, fee_minor=FEE + 1)
    decline_amendment(actor=anchor.actor, public_id=one.public_id, words="Too little.")
    two = agreed(proposed(merchant, contract, fee_minor=FEE + 100_000), merchant, anchor)
    funding = change_to_pay(merchant, two)
    withdraw_amendment(actor=merchant.actor, public_id=two.public_id)
    arrived(funding)
    relay_all()
    assert protected(contract) == PAYS
    assert Refund.objects.get().reason == "not_needed"
    three = proposed(anchor, contract, fee_minor=FEE + 2)
    assert (two.number, three.number) == (2, 3)
    with time_machine.travel(three.sign_by + timedelta(minutes=1), tick=False):
        fire_due()
        relay_all()
    assert list(Amendment.objects.order_by("id").values_list("state", flat=True)) == [
        *("declined", "withdrawn", "lapsed")
    ]
    kinds = set(Notice.objects.filter(kind__startswith="amendment_").values_list("kind", flat=True))
    assert kinds >= {"amendment_declined", "amendment_withdrawn", "amendment_lapsed"}
    assert now_in(contract).amended == {}
    nothing_moves(lambda: signs(merchant, three), IllegalTransition)


def test_signed_and_not_paid_in_time_it_lapses(merchant, anchor, contract):
    amendment = agreed(proposed(merchant, contract, fee_minor=FEE + 100_000), merchant, anchor)
    funding = change_to_pay(merchant, amendment)
    with time_machine.travel(amendment.fund_by + timedelta(minutes=1), tick=False):
        fire_due()
        arrived(funding)
        relay_all()
    amendment.refresh_from_db()
    assert amendment.state == "lapsed"
    assert protected(contract) == PAYS


def test_money_that_went_on_meanwhile_overtakes_it(merchant, anchor, contract):
    handed_in(anchor, contract, 1)
    amendment = agreed(proposed(merchant, contract, fee_minor=FEE + 100_000), merchant)
    approve(actor=merchant.actor, public_id=piece(contract, 1).public_id)
    nothing_moves(lambda: signs(anchor, amendment), AmendmentOvertaken)
    withdraw_amendment(actor=merchant.actor, public_id=amendment.public_id)

    second = agreed(proposed(merchant, contract, fee_minor=FEE + 100_000), merchant, anchor)
    funding = change_to_pay(merchant, second)
    approved(merchant, anchor, contract, 2)
    arrived(funding)
    relay_all()
    second.refresh_from_db()
    assert second.state == "overtaken"
    assert protected(contract) == PAYS * 5 // 10
    assert now_in(contract).amended == {}


def test_only_a_contract_that_runs_undisturbed_is_changed(merchant, anchor, contract):
    amendment = proposed(merchant, contract, fee_minor=FEE + 100_000)
    ask_to_cancel(actor=merchant.actor, public_id=contract.public_id, words="We stop.")
    nothing_moves(lambda: signs(anchor, amendment), AmendmentOvertaken)
    nothing_moves(lambda: proposed(anchor, contract, fee_minor=1), NoWorkBeforeFunds)
    answer_cancellation(actor=anchor.actor, public_id=contract.public_id, agree=False)
    signs(anchor, amendment)


def test_ending_early_after_a_change_reckons_with_the_new_fee(merchant, anchor, contract):
    agreed(proposed(merchant, contract, fee_minor=FEE - 200_000), merchant, anchor)
    ask_to_cancel(actor=merchant.actor, public_id=contract.public_id, words="We stop.")
    answer_cancellation(actor=anchor.actor, public_id=contract.public_id, agree=True)
    assert now_in(contract).state == "cancelled"
    assert protected(contract) == 0
    assert contract.releases.get().gross_minor == 100_000  # a tenth of what the fee is now
    assert money_line_of(contract).off_by_minor == 0


def test_delivered_twice_the_payment_changes_nothing_more(merchant, anchor, contract):
    amendment = paid(merchant, agreed(proposed(merchant, contract, fee_minor=FEE + 100_000), merchant, anchor))
    funding = Funding.objects.get(public_id=amendment.funded_by)
    assert funding.part == amendment.public_id
    again = use_case(take_payment)
    again(Event.objects.get(aggregate=funding.public_id, name="funding.contract_paid"))
    assert protected(contract) == PAYS + MORE
    assert not Refund.objects.exists()


def test_two_last_signatures_at_once_take_effect_once(merchant, anchor, contract):
    amendment = proposed(anchor, contract, fee_minor=FEE - 100_000)
    outcomes = race(lambda: signs(merchant, amendment), lambda: signs(anchor, amendment))
    assert [error for error in outcomes if isinstance(error, Exception)] == []
    amendment.refresh_from_db()
    assert amendment.state == "in_force"
    assert Return.objects.filter(why="amended").count() == 1


def test_another_partys_change_is_not_there(merchant, anchor, contract):
    assert changed(contract).fee_minor == FEE
    amendment = proposed(merchant, contract, fee_minor=FEE + 1)
    stranger = make_owner("anchor", "Other")
    assert not Amendment.objects.visible_to(stranger.actor).exists()
    assert Amendment.objects.visible_to(anchor.actor).get() == amendment
