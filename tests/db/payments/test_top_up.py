from datetime import timedelta
from functools import partial

import pytest
import time_machine

from marketplace.core.actor import Actor, Role
from marketplace.core.errors import Forbidden, KeyReused, NotFound
from marketplace.core.models import Event, Timer
from marketplace.core.money import Money
from marketplace.ledger import chart
from marketplace.ledger.models import FundingLot, Journal
from marketplace.ledger.selectors import balance_of
from marketplace.notifications.models import Notice, OutgoingMail
from marketplace.payments.errors import AmountOutOfBounds, CurrencyNotOffered, ProviderUnknown, WalletSwitchedOff
from marketplace.payments.flows.inbox import backfill
from marketplace.payments.flows.refresh import refresh_funding, resolve_unknown
from marketplace.payments.flows.submit import SYSTEM, submit_funding
from marketplace.payments.gateways import provider
from marketplace.payments.machine import FundingState
from marketplace.payments.models import Funding, InboxEvent, ProviderCall
from marketplace.payments.services.funding import ask_top_up, settle_funding
from marketplace.payments.services.inbox import receive
from tests.factories.people import make_member, make_owner
from tests.support.races import race
from tests.support.relay import due_now, relay_all

YUAN = Money(100_000, "CNY")


def ask(merchant, money=YUAN, key="form-1"):
    return ask_top_up(actor=merchant.actor, money=money, provider="test_bank", key=key)


def wallet(merchant) -> Money:
    return balance_of(chart.wallet(merchant.party.public_id, merchant.party.pk), "CNY")


def fresh(funding: Funding) -> Funding:
    funding.refresh_from_db()
    return funding


def test_a_top_up_goes_from_the_pay_page_into_the_wallet_and_its_owner_is_told(at_bank, merchant):
    funding = submit_funding(ask(merchant).public_id)
    assert funding.state == FundingState.AWAITING_PAYER
    assert funding.pay_url.startswith(at_bank.url)
    at_bank.pay(funding.checkout)
    backfill("test_bank")
    relay_all()
    assert fresh(funding).state == FundingState.PAID
    assert wallet(merchant) == YUAN
    assert at_bank.balance() == YUAN.amount_minor
    assert Notice.objects.get(kind="funding_paid").user == merchant.user
    assert "1,000.00" in OutgoingMail.objects.get(to=merchant.user.email).text
    lot = FundingLot.objects.get()
    clocks = dict(Timer.objects.filter(aggregate=lot.public_id).values_list("kind", "due_at"))
    assert [(clocks[kind] - lot.charged_at).days for kind in ("lot.warn", "lot.return")] == [60, 85]


@pytest.mark.parametrize(("how", "state"), [("decline", "failed"), ("cancel", "expired")])
def test_a_refused_payment_leaves_nothing_but_its_record(at_bank, merchant, how, state):
    funding = submit_funding(ask(merchant).public_id)
    at_bank.pay(funding.checkout, how)
    refresh_funding(fresh(funding))
    assert fresh(funding).state == state
    assert wallet(merchant) == Money(0, "CNY")
    assert not Journal.objects.exists()


def test_the_same_form_twice_is_one_funding_and_another_amount_under_its_key_is_refused(at_bank, merchant):
    first, second = ask(merchant), ask(merchant)
    assert first.public_id == second.public_id
    with pytest.raises(KeyReused):
        ask(merchant, Money(100_001, "CNY"))
    assert Funding.objects.count() == 1


def test_ten_double_clicks_at_once_are_one_funding(at_bank, merchant):
    results = race(*[partial(ask, merchant)] * 10)
    assert len({result.public_id for result in results}) == 1


@pytest.mark.parametrize(
    ("money", "error"),
    [
        (Money(999, "CNY"), AmountOutOfBounds),
        (Money(10**12, "CNY"), AmountOutOfBounds),
        (Money(10_000, "KWD"), CurrencyNotOffered),
    ],
)
def test_an_amount_that_is_not_offered_is_refused(at_bank, merchant, money, error):
    with pytest.raises(error):
        ask(merchant, money)
    assert not Funding.objects.exists()


def test_a_wallet_that_the_operator_has_not_switched_on_takes_no_money(at_bank, merchant, settings):
    settings.WALLET_ENABLED = False
    with pytest.raises(WalletSwitchedOff):
        ask(merchant)


@pytest.mark.parametrize("role", [Role.MANAGER, Role.MEMBER, Role.VIEWER])
def test_only_owner_and_finance_move_money(at_bank, merchant, role):
    person = make_member(merchant.party, role)
    with pytest.raises(Forbidden):
        ask(person)
    assert not Event.objects.filter(name="funding.requested").exists()


def test_an_anchor_has_no_merchant_wallet(at_bank, committed_db):
    with pytest.raises(NotFound):
        ask(make_owner("anchor", "Xia Wei"))


@pytest.mark.parametrize(
    "action",
    ["error_500_before", "error_500_during", "error_500_after", "timeout_before", "timeout_after", "malformed_json"],
)
def test_whatever_the_bank_does_to_the_call_one_checkout_is_opened(at_bank, merchant, action, monkeypatch):
    monkeypatch.setattr("marketplace.payments.gateways.test_bank.TIMEOUT", 1.0)
    funding = ask(merchant)
    at_bank.fault("checkout.create", action, count=1)
    with pytest.raises(ProviderUnknown):
        submit_funding(funding.public_id)
    assert fresh(funding).state == FundingState.SUBMITTING
    for later in (10, 90):  # what the outbox and the beat would do
        with time_machine.travel(funding.created_at + timedelta(seconds=later), tick=True):
            due_now()
            relay_all()
            resolve_unknown(unchecked_for=timedelta(0))
    assert fresh(funding).state == FundingState.AWAITING_PAYER
    assert len(at_bank.get("/api/checkouts", reference=funding.public_id).json()["data"]) == 1
    # a new key only after a look-up proved that nothing came of the first
    assert ProviderCall.objects.count() == (2 if action == "error_500_during" else 1)


def test_twenty_parallel_copies_of_a_webhook_have_one_effect(at_bank, merchant):
    funding = submit_funding(ask(merchant).public_id)
    at_bank.pay(funding.checkout)
    paid = next(event for event in provider("test_bank").events_after("") if event.type == "checkout.paid")
    received = race(*[partial(receive, provider="test_bank", event=paid)] * 20)
    assert sum(received) == 1
    race(*[relay_all] * 4)
    assert wallet(merchant) == YUAN
    assert Journal.objects.count() == 1


def test_events_in_reversed_order_end_in_the_right_state(at_bank, merchant):
    funding = submit_funding(ask(merchant).public_id)
    at_bank.pay(funding.checkout)
    for event in reversed(list(provider("test_bank").events_after(""))):
        receive(provider="test_bank", event=event)
        relay_all()
    assert fresh(funding).state == FundingState.PAID
    assert wallet(merchant) == YUAN


def test_a_webhook_that_comes_before_our_own_answer_settles_the_funding(at_bank, merchant, monkeypatch):
    """The bank opened the checkout, the payer paid, and we still wait for the answer to our call."""
    monkeypatch.setattr("marketplace.payments.gateways.test_bank.TIMEOUT", 1.0)
    funding = ask(merchant)
    at_bank.fault("checkout.create", "timeout_after", count=1)
    with pytest.raises(ProviderUnknown):
        submit_funding(funding.public_id)
    checkout = at_bank.get("/api/checkouts", reference=funding.public_id).json()["data"][0]
    at_bank.pay(checkout["id"])
    backfill("test_bank")
    relay_all()
    assert fresh(funding).state == FundingState.PAID
    assert submit_funding(funding.public_id) is None
    assert wallet(merchant) == YUAN


def test_a_lost_webhook_is_found_by_the_back_fill(at_bank, merchant):
    funding = submit_funding(ask(merchant).public_id)
    at_bank.pay(funding.checkout)
    assert backfill("test_bank") == 3  # checkout.created, charge.created, checkout.paid
    assert backfill("test_bank") == 0
    relay_all()
    assert fresh(funding).state == FundingState.PAID
    assert set(InboxEvent.objects.values_list("by_backfill", flat=True)) == {True}


def test_another_amount_than_asked_waits_in_suspense(at_bank, merchant):
    """A charge of 900.00 for a funding of 1,000.00: nobody's wallet moves, a person looks."""
    funding = ask(merchant)
    wrong = at_bank.paid(amount_minor=90_000, reference=funding.public_id)
    gateway = provider("test_bank")
    from marketplace.payments.services.funding import settle_funding

    settle_funding(actor=SYSTEM, public_id=funding.public_id, checkout=gateway.get_checkout(wrong["id"]))
    assert fresh(funding).state == FundingState.MISMATCHED
    assert wallet(merchant) == Money(0, "CNY")
    assert balance_of(chart.suspense(), "CNY") == Money(90_000, "CNY")
    relay_all()
    assert Notice.objects.get(kind="funding_mismatched").facts["arrived"] == "CNY 900.00"


def test_nobody_but_the_provider_says_that_it_is_paid(at_bank, merchant):
    funding = submit_funding(ask(merchant).public_id)
    at_bank.pay(funding.checkout)
    checkout = provider("test_bank").get_checkout(funding.checkout)
    for actor in (merchant.actor, Actor()):
        with pytest.raises(Forbidden):
            settle_funding(actor=actor, public_id=funding.public_id, checkout=checkout)
    assert wallet(merchant) == Money(0, "CNY")
