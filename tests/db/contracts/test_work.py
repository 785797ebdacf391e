"""From a signed contract to released money: paid, handed in, changed, approved, published, verified."""

from datetime import timedelta

import pytest
import time_machine

from marketplace.contracts.errors import NothingHandedIn, NotPayable, NoWorkBeforeFunds
from marketplace.contracts.models import Contract, Release
from marketplace.contracts.services.work import approve, publish, request_changes, send_proof_back, submit, verify
from marketplace.core import clock
from marketplace.core.actor import Role
from marketplace.core.errors import Forbidden, IllegalTransition, NotFound
from marketplace.core.models import Event
from marketplace.core.money import Money
from marketplace.core.timers.fire import fire_due
from marketplace.ledger import chart
from marketplace.ledger.selectors import balance_of, open_lots
from marketplace.notifications.models import Notice, OutgoingMail
from marketplace.payments.models import Funding, Refund, Transfer
from tests.factories.deals import verify as verified
from tests.factories.funded import (
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
from tests.factories.people import Person, make_member, make_owner
from tests.factories.world import represented
from tests.support.relay import relay_all

# 12,000.00, 5 % platform fee, 6 % VAT on it: what the merchant pays in.
PAYS = 1_263_600


@pytest.fixture
def merchant(committed_db) -> Person:
    return make_owner("brand", "Chenyu Tea")


@pytest.fixture
def anchor(committed_db) -> Person:
    person = make_owner("anchor", "Xia Wei")
    verified(person.party, "anchor")
    return person


def protected(contract: Contract) -> int:
    return balance_of(chart.protected(contract.public_id, contract.merchant_id), "CNY").amount_minor


def payable(person: Person) -> int:
    return balance_of(chart.payable(person.party.public_id, person.party.pk), "CNY").amount_minor


def revenue() -> int:
    return balance_of(chart.revenue(), "CNY").amount_minor


def state(contract: Contract) -> str:
    return Contract.objects.get(pk=contract.pk).state


def nothing_moves(act, error: type[Exception]) -> None:
    """A refused action leaves balances and events as they were."""
    before = (Event.objects.count(), list(balances()))
    with pytest.raises(error):
        act()
    assert (Event.objects.count(), list(balances())) == before


def balances():
    from marketplace.ledger.models import Balance

    return Balance.objects.order_by("account_id").values_list("account_id", "amount_minor")


def test_paid_by_its_own_checkout_it_is_protected_and_work_starts(merchant, anchor):
    contract = signed(merchant, anchor)
    assert contract.state == "awaiting_funds"
    assert [(one.title, one.state, one.releases_minor) for one in contract.deliverables.order_by("place")] == [
        ("Script", "planned", 240_000),
        ("Draft", "planned", 360_000),
        ("Video", "planned", 600_000),
    ]
    nothing_moves(lambda: handed_in(anchor, contract, 1), NoWorkBeforeFunds)
    funding = asked_to_pay(merchant, contract)
    assert (funding.contract, funding.amount_minor) == (contract.public_id, PAYS)
    assert asked_to_pay(merchant, contract, key="another") == funding
    arrived(funding)
    relay_all()
    assert state(contract) == "active"
    assert protected(contract) == PAYS
    assert handed_in(anchor, contract, 1).state == "submitted"


def test_a_contract_paid_twice_gives_the_second_payment_back(merchant, anchor):
    contract = signed(merchant, anchor)
    first = asked_to_pay(merchant, contract)
    Funding.objects.filter(pk=first.pk).update(state="expired")  # its page is closed; the payer's bank is slow
    second = asked_to_pay(merchant, contract, key="pay-2")
    arrived(second)
    relay_all()
    arrived(first)
    relay_all()
    refund = Refund.objects.get()
    assert (refund.amount_minor, refund.reason, refund.charge) == (PAYS, "not_needed", f"chg_{first.public_id}")
    assert protected(contract) == PAYS
    assert Contract.objects.get(pk=contract.pk).funded_by == second.public_id
    relay_all()
    assert Refund.objects.count() == 1


def test_unpaid_for_48_hours_it_lapses_and_a_late_payment_goes_back(merchant, anchor):
    contract = signed(merchant, anchor)
    funding = asked_to_pay(merchant, contract)
    now = clock.now()
    with time_machine.travel(contract.fund_by - timedelta(seconds=1), tick=False):
        fire_due()
        assert state(contract) == "awaiting_funds"
    with time_machine.travel(contract.fund_by, tick=False):
        fire_due()
        fire_due()
        assert state(contract) == "lapsed"
        nothing_moves(lambda: asked_to_pay(merchant, contract, key="late"), NotPayable)
        arrived(funding)
        relay_all()
    assert protected(contract) == 0
    assert Refund.objects.get().reason == "not_needed"
    assert contract.fund_by - now == pytest.approx(timedelta(hours=48), abs=timedelta(minutes=1))


def test_only_the_merchants_money_people_pay(merchant, anchor):
    contract = signed(merchant, anchor)
    for role in (Role.MANAGER, Role.MEMBER, Role.VIEWER):
        member = make_member(merchant.party, role)
        nothing_moves(lambda member=member: asked_to_pay(member, contract), Forbidden)
    nothing_moves(lambda: asked_to_pay(anchor, contract), Forbidden)
    stranger = make_owner("brand", "Far Away")
    nothing_moves(lambda: asked_to_pay(stranger, contract), NotFound)
    assert asked_to_pay(make_member(merchant.party, Role.FINANCE), contract).amount_minor == PAYS


def test_each_piece_releases_its_share_and_the_parts_are_the_waterfall(merchant, anchor):
    agency = make_owner("agency", "North Quay")
    represented(agency, anchor)
    relay_all()
    contract = funded(merchant, anchor, agency)
    approved(merchant, anchor, contract, 1)
    assert (protected(contract), payable(anchor), payable(agency), revenue()) == (
        PAYS - 252_720,
        204_000,
        36_000,
        12_000,
    )
    approved(merchant, anchor, contract, 2)
    published(merchant, anchor, contract, 3)
    assert payable(anchor) == 510_000
    verify(actor=merchant.actor, public_id=piece(contract, 3).public_id)
    assert state(contract) == "completed"
    assert (protected(contract), payable(anchor), payable(agency), revenue()) == (0, 1_020_000, 180_000, 60_000)
    assert balance_of(chart.tax("vat"), "CNY") == Money(3_600, "CNY")
    assert sorted(Transfer.objects.values_list("party__name", "amount_minor", "state")) == [
        ("North Quay", 36_000, "pending"),
        ("North Quay", 54_000, "pending"),
        ("North Quay", 90_000, "pending"),
        ("Xia Wei", 204_000, "pending"),
        ("Xia Wei", 306_000, "pending"),
        ("Xia Wei", 510_000, "pending"),
    ]
    assert not open_lots(chart.protected(contract.public_id, contract.merchant_id)).exists()


def test_a_round_of_changes_and_no_more_than_agreed(merchant, anchor):
    contract = funded(merchant, anchor, deal=three_pieces(revision_rounds=1))
    script = handed_in(anchor, contract, 1)
    request_changes(actor=merchant.actor, public_id=script.public_id, words=" Shorter, please. ")
    relay_all()
    assert Notice.objects.filter(kind="changes_requested", user=anchor.user).count() == 1
    assert piece(contract, 1).submissions.get().asked == "Shorter, please."
    handed_in(anchor, contract, 1)
    nothing_moves(
        lambda: request_changes(actor=merchant.actor, public_id=script.public_id, words="And again"),
        IllegalTransition,
    )
    assert approve(actor=merchant.actor, public_id=script.public_id).state == "approved"
    assert [one.number for one in piece(contract, 1).submissions.order_by("number")] == [1, 2]


def test_who_does_what(merchant, anchor):
    contract = funded(merchant, anchor)
    script = piece(contract, 1).public_id
    nothing_moves(
        lambda: submit(actor=merchant.actor, public_id=script, note="", link="https://example.org/a"), Forbidden
    )
    nothing_moves(lambda: submit(actor=anchor.actor, public_id=script, note="Words alone"), NothingHandedIn)
    handed_in(anchor, contract, 1)
    stranger = make_owner("brand", "Far Away")
    for person in (anchor, make_member(merchant.party, Role.MEMBER), make_member(merchant.party, Role.FINANCE)):
        nothing_moves(lambda person=person: approve(actor=person.actor, public_id=script), Forbidden)
    nothing_moves(lambda: approve(actor=stranger.actor, public_id=script), NotFound)
    nothing_moves(
        lambda: publish(actor=anchor.actor, public_id=piece(contract, 3).public_id, link="https://example.org/a"),
        IllegalTransition,
    )
    assert approve(actor=make_member(merchant.party, Role.MANAGER).actor, public_id=script).state == "approved"


def test_silence_approves_after_three_business_days_when_both_reminders_arrived(merchant, anchor):
    contract = funded(merchant, anchor)
    script = handed_in(anchor, contract, 1)
    by = script.review_by
    for moment in (by - timedelta(hours=24), by - timedelta(hours=4)):
        with time_machine.travel(moment, tick=False):
            fire_due()
            relay_all()
    assert Notice.objects.filter(kind="work_review_soon", user=merchant.user).count() == 2
    assert set(OutgoingMail.objects.exclude(about="").values_list("state", flat=True)) == {"sent"}
    with time_machine.travel(by - timedelta(seconds=1), tick=False):
        fire_due()
        assert piece(contract, 1).state == "submitted"
    with time_machine.travel(by, tick=False):
        fire_due()
        fire_due()
    script = piece(contract, 1)
    assert (script.state, script.approved_by_clock) == ("approved", True)
    assert Release.objects.get().by_clock
    held = Transfer.objects.get()
    assert (held.state, held.hold) == ("on_hold", "objection")
    assert held.held_until == by + timedelta(days=7)


def test_silence_does_not_approve_while_a_reminder_has_not_arrived(merchant, anchor):
    contract = funded(merchant, anchor)
    script = handed_in(anchor, contract, 1)
    with time_machine.travel(script.review_by, tick=False):
        fire_due()  # the reminders fire now too, and their mails wait in the outbox
        assert piece(contract, 1).state == "submitted"
        assert Event.objects.get(name="deliverable.approval_put_off").data == {"missing": "reminders"}
        again = piece(contract, 1).review_by
        assert again == script.review_by + timedelta(hours=25)
        relay_all()
    for moment in (again - timedelta(hours=24), again - timedelta(hours=4)):
        with time_machine.travel(moment, tick=False):
            fire_due()
            relay_all()
    with time_machine.travel(again, tick=False):
        fire_due()
    assert (piece(contract, 1).state, piece(contract, 1).approved_by_clock) == ("approved", True)


def test_verification_by_the_clock_and_a_proof_that_is_sent_back(merchant, anchor):
    contract = funded(merchant, anchor)
    video = published(merchant, anchor, contract, 3)
    send_proof_back(actor=merchant.actor, public_id=video.public_id, words="The link is empty.")
    assert piece(contract, 3).state == "approved"
    video = publish(actor=anchor.actor, public_id=video.public_id, link="https://www.douyin.com/video/8")
    with time_machine.travel(video.verify_by - timedelta(seconds=1), tick=False):
        fire_due()
        assert piece(contract, 3).state == "published"
    with time_machine.travel(video.verify_by, tick=False):
        fire_due()
    assert (piece(contract, 3).state, piece(contract, 3).verified_by_clock) == ("verified", True)
    assert Transfer.objects.get().hold == "objection"


def test_what_is_kept_back_is_released_when_it_stayed_up(merchant, anchor):
    contract = funded(merchant, anchor, deal=three_pieces(holdback_bp=1_000, stay_up_days=30))
    for place in (1, 2):
        approved(merchant, anchor, contract, place)
    video = published(merchant, anchor, contract, 3)
    video = verify(actor=merchant.actor, public_id=video.public_id)
    assert payable(anchor) == 1_200_000 - 60_000
    assert state(contract) == "active"
    with time_machine.travel(clock.start_of(video.stay_up_until + timedelta(days=1), "Asia/Shanghai"), tick=False):
        fire_due()
        fire_due()
    assert payable(anchor) == 1_200_000
    assert state(contract) == "completed"
    assert list(Release.objects.order_by("id").values_list("why", "gross_minor"))[-2:] == [
        ("delivered", 540_000),
        ("kept_back", 60_000),
    ]


def test_what_does_not_come_is_overdue_and_can_still_be_handed_in(merchant, anchor):
    contract = funded(merchant, anchor)
    script = piece(contract, 1)
    with time_machine.travel(script.due_at + timedelta(seconds=1), tick=False):
        fire_due()
        relay_all()
        assert piece(contract, 1).state == "overdue"
        assert Notice.objects.filter(kind="work_overdue").count() == 2
        assert handed_in(anchor, contract, 1).state == "submitted"
