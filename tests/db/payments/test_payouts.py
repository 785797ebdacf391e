"""From a release to the payee's bank: each part once, whatever breaks on the way."""

from datetime import timedelta
from functools import partial

import pytest
import time_machine

from marketplace.accounts.steps.verified import mark_verified
from marketplace.core import clock
from marketplace.core.actor import Actor, Role, StaffRole
from marketplace.core.errors import Forbidden, IllegalTransition
from marketplace.core.models import Event
from marketplace.core.money import Money
from marketplace.core.timers.fire import fire_due
from marketplace.core.tx import use_case
from marketplace.ledger import chart
from marketplace.ledger.selectors import balance_of
from marketplace.notifications.models import Notice
from marketplace.payments.errors import (
    NoPayoutAccount,
    NoSecondFactor,
    PayoutTooSmall,
    ProviderUnknown,
)
from marketplace.payments.flows.inbox import backfill, process
from marketplace.payments.flows.pay_out import run_weekly_payouts, submit_payout, submit_transfer
from marketplace.payments.flows.refresh import resolve_unknown
from marketplace.payments.models import InboxEvent, Payout, Transfer
from marketplace.payments.selectors import place_of
from marketplace.payments.services.payouts import ask_payout, try_payout_again
from marketplace.payments.services.transfers import hold_transfer, let_transfer_go
from marketplace.payments.steps.erasure import wallet_is_not_empty
from tests.factories.payees import payee, released, topped_up, with_account, with_second_factor
from tests.factories.people import Person, make_member, make_owner, make_staff
from tests.support.races import race
from tests.support.relay import due_now, relay_all

WEEK = timedelta(days=8)
PAID_IN, PART = 1_000_000, 120_000


@pytest.fixture
def anchor(committed_db) -> Person:
    return make_owner("anchor", "Xia Wei")


@pytest.fixture
def ready(at_bank, merchant, anchor) -> Person:
    """CNY 1,200.00 of a release on the anchor's account at the bank, past the week that a first payout waits."""
    payee(at_bank, anchor)
    topped_up(at_bank, merchant, PAID_IN)
    released(merchant, (anchor.party, PART))
    relay_all()
    with time_machine.travel(clock.now() + WEEK, tick=True):
        fire_due()
        relay_all()
        yield anchor


def in_books(person: Person) -> tuple[int, int]:
    """What our ledger says is owed to her, and on her account at the provider."""
    party = person.party.public_id, person.party.pk
    return tuple(balance_of(ref(*party), "CNY").amount_minor for ref in (chart.payable, chart.connected))


def at_the_bank(bank, person: Person) -> int:
    return bank.balance_of(person.party.payout_accounts.get().provider_payee)


def ask(person: Person, key: str = "form-1") -> Payout:
    return ask_payout(actor=person.actor, currency="CNY", key=key)


def settle(times: int = 2) -> None:
    for _ in range(times):
        due_now()
        relay_all()
        backfill("test_bank")
        resolve_unknown(unchecked_for=timedelta(0))


def paid_once(bank, person: Person) -> None:
    """Both books: nothing left on her account, exactly one payout of the whole at the bank."""
    payout = Payout.objects.get()
    assert (payout.state, payout.amount_minor) == ("paid", PART)
    assert in_books(person) == (0, 0)
    assert balance_of(chart.in_transit(payout.public_id, person.party.pk), "CNY").amount_minor == 0
    assert at_the_bank(bank, person) == 0
    made = bank.get("/api/payouts", reference=payout.public_id).json()["data"]
    assert [(one["status"], one["amount_minor"]) for one in made] == [("paid", PART)]
    assert -balance_of(chart.world("test_bank"), "CNY").amount_minor == bank.balance() == PAID_IN - PART


def test_a_release_comes_to_the_payees_bank_and_both_books_agree(at_bank, merchant, ready):
    transfer = Transfer.objects.select_related("payout").get()
    assert (transfer.state, place_of(transfer)) == ("done", "transit")
    assert in_books(ready) == (0, PART)
    assert at_the_bank(at_bank, ready) == PART
    assert at_bank.balance() == PAID_IN - PART
    payout = ask(ready)
    assert in_books(ready) == (0, 0)
    relay_all()
    payout.refresh_from_db()
    assert (payout.state, payout.last4) == ("in_transit", "8002")
    at_bank.settle_payout(payout.provider_payout)
    settle()
    paid_once(at_bank, ready)
    assert place_of(Transfer.objects.select_related("payout").get()) == "paid"
    assert Notice.objects.filter(kind="payout_paid", user=ready.user).count() == 1


def test_without_an_account_it_waits_and_goes_on_when_there_is_one(at_bank, merchant, anchor):
    topped_up(at_bank, merchant, PAID_IN)
    [transfer] = released(merchant, (anchor.party, PART))
    relay_all()
    transfer.refresh_from_db()
    assert (transfer.state, transfer.hold, transfer.held_until) == ("on_hold", "no_account", None)
    assert place_of(transfer) == "hold"
    assert Notice.objects.get(kind="transfer_held_no_account").user == anchor.user
    with_account(at_bank, anchor)
    relay_all()
    transfer.refresh_from_db()
    assert (transfer.state, transfer.hold) == ("on_hold", "not_verified")
    use_case(mark_verified)(anchor.party, "payee", by=Actor.system("test"), holder="Xia Lan")
    relay_all()
    transfer.refresh_from_db()
    assert (transfer.state, transfer.hold) == ("on_hold", "other_holder")
    assert Notice.objects.get(kind="transfer_held_other_holder").user == anchor.user
    with_account(at_bank, anchor, holder="xia LAN")
    relay_all()
    transfer.refresh_from_db()
    assert (transfer.state, transfer.hold) == ("on_hold", "first_payout")
    assert transfer.held_until == transfer.created_at + timedelta(days=7)
    assert in_books(anchor) == (PART, 0)
    with time_machine.travel(transfer.created_at + timedelta(days=7, minutes=1), tick=True):
        assert fire_due() == 1
        relay_all()
    assert in_books(anchor) == (0, PART)


def test_less_than_a_day_from_payment_to_payout_waits(at_bank, merchant, ready):
    at_bank.advance(int(WEEK.total_seconds()))
    lot = topped_up(at_bank, merchant, 50_000)
    # Oldest first: what is left of the first charge, and the rest out of the one of a moment ago.
    older, newer = released(merchant, (ready.party, 880_000))
    relay_all()
    older.refresh_from_db()
    newer.refresh_from_db()
    assert (older.state, older.amount_minor) == ("done", 874_000)
    assert (newer.state, newer.hold, newer.amount_minor) == ("on_hold", "quick", 6_000)
    assert newer.held_until == lot.charged_at + timedelta(hours=24)
    with time_machine.travel(newer.held_until + timedelta(minutes=1), tick=True):
        assert fire_due() == 1
        relay_all()
    assert in_books(ready) == (0, PART + 880_000)


def test_the_same_form_twenty_times_at_once_is_one_payout(at_bank, ready):
    results = race(*(partial(ask, ready) for _ in range(20)))
    assert {result.public_id for result in results} == {Payout.objects.get().public_id}
    settle()
    at_bank.settle_payout(Payout.objects.get().provider_payout)
    settle()
    paid_once(at_bank, ready)


def test_twenty_forms_at_once_pay_what_is_there_once(at_bank, ready):
    results = race(*(partial(ask, ready, f"form-{n}") for n in range(20)))
    assert sum(isinstance(result, Payout) for result in results) == 1, results
    assert sum(isinstance(result, PayoutTooSmall) for result in results) == 19, results
    assert in_books(ready) == (0, 0)


def test_two_workers_on_one_payout_and_one_transfer_send_it_once(at_bank, ready):
    transfer = Transfer.objects.get()
    payout = ask(ready)
    race(*(partial(submit_payout, payout.public_id) for _ in range(4)))
    race(*(partial(submit_transfer, transfer.public_id) for _ in range(4)))
    settle()
    at_bank.settle_payout(Payout.objects.get().provider_payout)
    settle()
    paid_once(at_bank, ready)


@pytest.mark.parametrize(
    "action", ["error_500_during", "error_500_after", "timeout_before", "timeout_after", "malformed_json"]
)
@pytest.mark.parametrize("call", ["transfer.create", "payout.create"])
def test_what_was_sent_and_not_answered_is_paid_once(at_bank, merchant, ready, call, action, monkeypatch):
    monkeypatch.setattr("marketplace.payments.gateways.test_bank.TIMEOUT", 1.0)
    Transfer.objects.update(created_at=clock.now() - WEEK)
    at_bank.fault(call, action, count=1)
    if call == "transfer.create":
        topped = released(merchant, (ready.party, 30_000))
        with pytest.raises(ProviderUnknown):
            submit_transfer(topped[0].public_id)
    else:
        payout = ask(ready)
        with pytest.raises(ProviderUnknown):
            submit_payout(payout.public_id)
    for later in (10, 90):
        with time_machine.travel(clock.now() + timedelta(seconds=later), tick=True):
            settle(1)
    if call == "transfer.create":
        assert in_books(ready) == (0, PART + 30_000)
        assert at_the_bank(at_bank, ready) == PART + 30_000
    else:
        at_bank.settle_payout(Payout.objects.get().provider_payout)
        settle()
        paid_once(at_bank, ready)


def test_webhooks_doubled_reordered_and_before_our_own_answer(at_bank, ready):
    """The bank's events are processed, twenty at once and newest first, before we have noted our own call's answer."""
    payout = ask(ready)
    at_bank.fault("payout.create", "error_500_after", count=1)
    with pytest.raises(ProviderUnknown):
        submit_payout(payout.public_id)
    [made] = at_bank.get("/api/payouts", reference=payout.public_id).json()["data"]
    at_bank.settle_payout(made["id"])
    backfill("test_bank")
    stored = list(
        InboxEvent.objects.filter(type__startswith="payout").order_by("-id").values_list("public_id", flat=True)
    )
    assert len(stored) == 2
    race(*(partial(process, public_id) for public_id in stored * 10))
    settle()
    paid_once(at_bank, ready)
    assert Event.objects.filter(name="payout.paid").count() == 1


def test_a_payout_whose_webhook_never_comes_is_found_by_asking(at_bank, ready):
    at_bank.fault("webhook.deliver", "lose", count=0)
    payout = ask(ready)
    relay_all()
    at_bank.settle_payout(Payout.objects.get(pk=payout.pk).provider_payout)
    with time_machine.travel(clock.now() + timedelta(minutes=14), tick=True):
        assert resolve_unknown() == 1
    paid_once(at_bank, ready)


@pytest.mark.parametrize("after_paid", [False, True])
def test_one_that_the_bank_sends_back_is_hers_again_and_tried_three_times(at_bank, ready, after_paid):
    payout = ask(ready)
    for attempt in (1, 2, 3):
        relay_all()
        payout.refresh_from_db()
        assert (payout.state, payout.tries) == ("in_transit", attempt)
        if after_paid:
            at_bank.settle_payout(payout.provider_payout)
            settle()
            assert Payout.objects.get().state == "paid"
        at_bank.settle_payout(payout.provider_payout, "fail")
        backfill("test_bank")
        relay_all()
        payout.refresh_from_db()
        assert payout.state == ("returned" if after_paid else "failed")
        assert in_books(ready) == (0, PART)
        assert at_the_bank(at_bank, ready) == PART
        if attempt < 3:
            with time_machine.travel(payout.retry_at + timedelta(minutes=1), tick=True):
                assert fire_due() == 1
                relay_all()
    assert payout.waits_for_a_person
    assert [Notice.objects.filter(kind=kind).count() for kind in ("payout_failed", "payout_stuck")] == [2, 1]
    assert fire_due() == 0
    with pytest.raises(Forbidden):
        try_payout_again(actor=ready.actor, public_id=payout.public_id)
    try_payout_again(actor=make_staff(StaffRole.FINANCE).actor, public_id=payout.public_id)
    relay_all()
    payout.refresh_from_db()
    assert (payout.state, payout.tries, payout.reference) == ("in_transit", 4, f"{payout.public_id}.4")


def test_what_the_bank_refuses_outright_never_left(at_bank, ready):
    at_bank.fault("payout.create", "decline", count=1)
    payout = ask(ready)
    relay_all()
    payout.refresh_from_db()
    assert (payout.state, payout.failure) == ("failed", "payout_refused")
    assert in_books(ready) == (0, PART)
    with time_machine.travel(payout.retry_at + timedelta(minutes=1), tick=True):
        fire_due()
        relay_all()
    assert Payout.objects.get().state == "in_transit"


def test_a_transfer_that_is_refused_is_queued_not_lost(at_bank, merchant, ready):
    at_bank.fault("transfer.create", "decline", count=1)
    [transfer] = released(merchant, (ready.party, 30_000))
    relay_all()
    transfer.refresh_from_db()
    assert (transfer.state, transfer.failure, place_of(transfer)) == ("failed", "transfer_refused", "released")
    assert in_books(ready) == (30_000, PART)
    with time_machine.travel(clock.now() + timedelta(days=1, minutes=1), tick=True):
        assert fire_due() == 1
        relay_all()
    assert in_books(ready) == (0, PART + 30_000)


def test_an_account_that_the_bank_switches_off_queues_what_is_released(at_bank, merchant, ready):
    at_bank.switch_payee(ready.party.payout_accounts.get().provider_payee, "disable")
    settle()
    [transfer] = released(merchant, (ready.party, 30_000))
    relay_all()
    assert Transfer.objects.get(pk=transfer.pk).hold == "no_account"
    with pytest.raises(NoPayoutAccount):
        ask(ready)
    at_bank.switch_payee(ready.party.payout_accounts.get().provider_payee, "enable")
    settle()
    assert in_books(ready) == (0, PART + 30_000)


def test_who_may_ask_for_a_payout(at_bank, ready, merchant):
    before = Event.objects.count()
    for role in (Role.MANAGER, Role.MEMBER, Role.VIEWER):
        with pytest.raises(Forbidden):
            ask(make_member(ready.party, role))
    with pytest.raises(NoSecondFactor):
        ask(make_member(ready.party, Role.FINANCE))
    with pytest.raises(NoPayoutAccount):
        ask(with_second_factor(make_owner("anchor", "Somebody Else")), "other")
    assert not Payout.objects.exists()
    assert in_books(ready) == (0, PART)
    assert Event.objects.count() - before <= 2  # the two parties that were founded for this


def test_less_than_ten_units_are_not_paid_out(at_bank, merchant, anchor):
    payee(at_bank, anchor)
    topped_up(at_bank, merchant, PAID_IN)
    released(merchant, (anchor.party, 999))
    relay_all()
    with time_machine.travel(clock.now() + WEEK, tick=True):
        fire_due()
        relay_all()
        with pytest.raises(PayoutTooSmall):
            ask(anchor)
        assert run_weekly_payouts() == 0
        assert not Payout.objects.exists()
        released(merchant, (anchor.party, 1))
        relay_all()
        run_weekly_payouts()
    assert Payout.objects.get().money == Money(1_000, "CNY")


def test_staff_hold_and_let_go_with_the_books_unmoved(at_bank, merchant, anchor):
    payee(at_bank, anchor)
    topped_up(at_bank, merchant, PAID_IN)
    [transfer] = released(merchant, (anchor.party, PART))
    relay_all()
    staff = make_staff(StaffRole.FINANCE).actor
    for actor in (anchor.actor, make_staff(StaffRole.OPERATIONS).actor):
        with pytest.raises(Forbidden):
            hold_transfer(actor=actor, public_id=transfer.public_id)
    hold_transfer(actor=staff, public_id=transfer.public_id)
    with time_machine.travel(clock.now() + WEEK, tick=True):
        fire_due()
        relay_all()
        assert in_books(anchor) == (PART, 0)
        let_transfer_go(actor=staff, public_id=transfer.public_id)
        relay_all()
        assert in_books(anchor) == (0, PART)
        with pytest.raises(IllegalTransition):
            hold_transfer(actor=staff, public_id=transfer.public_id)


def test_who_has_money_coming_is_not_forgotten(at_bank, ready):
    """Neither what stands on her account at the provider nor what is on its way to her bank may lose its owner."""
    assert wallet_is_not_empty(ready.user) == ready.party.name
    payout = ask(ready)
    assert wallet_is_not_empty(ready.user) == ready.party.name
    relay_all()
    at_bank.settle_payout(Payout.objects.get(pk=payout.pk).provider_payout)
    settle()
    assert wallet_is_not_empty(ready.user) is None
