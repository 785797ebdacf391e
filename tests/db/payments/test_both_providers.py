"""The same journeys at the test bank and at Stripe: what the protocol promises, whoever keeps it."""

import time
from collections.abc import Iterator
from datetime import timedelta
from functools import partial

import pytest
import time_machine

from marketplace.core import clock
from marketplace.core.money import Money
from marketplace.core.timers.fire import fire_due
from marketplace.ledger import chart
from marketplace.ledger.models import FundingLot, Journal
from marketplace.ledger.selectors import balance_of
from marketplace.payments.answers import ProviderEvent
from marketplace.payments.errors import ProviderError, ProviderUnknown
from marketplace.payments.flows.inbox import backfill
from marketplace.payments.flows.pay_out import open_account_page
from marketplace.payments.flows.refresh import refresh_account, refresh_funding, resolve_unknown
from marketplace.payments.flows.submit import SYSTEM, submit_funding, submit_refund
from marketplace.payments.gateways import provider
from marketplace.payments.models import Funding, InboxEvent, Payout, Refund, Transfer
from marketplace.payments.services.funding import ask_top_up, settle_funding
from marketplace.payments.services.inbox import receive
from marketplace.payments.services.payout_account import ask_payout_account
from marketplace.payments.services.payouts import ask_payout
from marketplace.payments.services.refunds import ask_refund
from tests.factories.deals import verify
from tests.factories.payees import released, with_second_factor
from tests.factories.people import Person, make_owner
from tests.support.races import race
from tests.support.relay import due_now, relay_all
from tests.support.sides import SIDES, TestBankSide

PAID_IN, PART = 100_000, 40_000


@pytest.fixture(params=SIDES, ids=lambda side: side.name)
def side(request, bank) -> Iterator[TestBankSide]:
    found = request.param(bank)
    with found.settings():
        yield found


@pytest.fixture
def anchor(committed_db) -> Person:
    return make_owner("anchor", "Xia Wei")


def ask(side: TestBankSide, merchant: Person, key: str = "in") -> Funding:
    return ask_top_up(actor=merchant.actor, money=side.money(PAID_IN), provider=side.name, key=key)


def topped_up(side: TestBankSide, merchant: Person) -> FundingLot:
    funding = submit_funding(ask(side, merchant).public_id)
    side.pay(funding)
    refresh_funding(funding)
    relay_all()
    return FundingLot.objects.get()


def wallet(side: TestBankSide, merchant: Person) -> int:
    return balance_of(chart.wallet(merchant.party.public_id, merchant.party.pk), side.currency).amount_minor


def settle(side: TestBankSide, times: int = 2) -> None:
    for _ in range(times):
        due_now()
        relay_all()
        backfill(side.name)
        resolve_unknown(unchecked_for=timedelta(0))


def later(side: TestBankSide, since, *seconds: int) -> None:
    for span in seconds:
        with time_machine.travel(since + timedelta(seconds=span), tick=True):
            settle(side, 1)


def with_account(side: TestBankSide, person: Person) -> str:
    """Opened here, named on the provider's page, seen here again; the address of that page."""
    with_second_factor(person)
    account = ask_payout_account(actor=person.actor, provider=side.name)
    address = open_account_page(account)
    account.refresh_from_db()
    side.name_account(account)
    refresh_account(account)
    return address


def test_money_in_reaches_the_wallet_by_the_log_alone(side, merchant):
    funding = submit_funding(ask(side, merchant).public_id)
    assert funding.pay_url.startswith(side.bank.url)
    side.pay(funding)
    assert backfill(side.name) > 0
    assert backfill(side.name) == 0
    relay_all()
    funding.refresh_from_db()
    assert funding.state == "paid"
    assert wallet(side, merchant) == PAID_IN
    assert side.balance() == PAID_IN
    assert FundingLot.objects.get().charge == funding.charge != ""
    assert set(InboxEvent.objects.values_list("provider", "by_backfill")) == {(side.name, True)}


@pytest.mark.parametrize(("how", "state"), [("decline", "failed"), ("cancel", "expired")])
def test_money_that_does_not_come_moves_nothing(side, merchant, how, state):
    funding = submit_funding(ask(side, merchant).public_id)
    side.pay(funding, how)
    settled = wait_for(lambda: refresh_funding(Funding.objects.get()), lambda seen: seen.state == state)
    assert settled.state == state
    assert not Journal.objects.exists()
    assert wallet(side, merchant) == 0


@pytest.mark.parametrize("action", ["error_500_before", "error_500_during", "error_500_after", "malformed_json"])
def test_whatever_becomes_of_the_call_one_page_is_opened(side, merchant, action):
    funding = ask(side, merchant)
    side.fault("checkout.create", action, count=1)
    try:
        submit_funding(funding.public_id)
    except ProviderUnknown:
        funding.refresh_from_db()
        assert funding.state == "submitting"
    later(side, funding.created_at, 10, 90)
    funding.refresh_from_db()
    assert funding.state == "awaiting_payer"
    assert side.made("checkouts", funding.public_id) == [("open", PAID_IN)]


def test_a_page_that_was_never_opened_is_asked_for_under_another_key(side, merchant):
    side.fault("checkout.create", "error_500_during", count=1)
    funding = ask(side, merchant)
    with pytest.raises(ProviderUnknown):
        submit_funding(funding.public_id)
    later(side, funding.created_at, 90)
    funding.refresh_from_db()
    assert (funding.epoch, funding.state) == (2, "awaiting_payer")
    side.pay(funding)
    refresh_funding(funding)
    assert wallet(side, merchant) == PAID_IN


def test_a_key_that_is_a_day_old_is_looked_up_before_it_is_used(side, merchant):
    funding = ask(side, merchant)
    submit_funding(funding.public_id)
    Funding.objects.update(state="submitting", checkout="", pay_url="", created_at=clock.now() - timedelta(hours=24))
    again = submit_funding(funding.public_id)
    assert again.state == "awaiting_payer"
    assert side.made("checkouts", funding.public_id) == [("open", PAID_IN)]


def test_twenty_parallel_copies_and_reversed_order_have_one_effect(side, merchant):
    funding = submit_funding(ask(side, merchant).public_id)
    side.pay(funding)
    events = list(provider(side.name).events_after(""))
    assert sum(race(*[partial(receive, provider=side.name, event=events[-1])] * 20)) == 1
    for event in reversed(events):
        receive(provider=side.name, event=event)
        relay_all()
    assert wallet(side, merchant) == PAID_IN
    assert Journal.objects.exclude(kind="provider_fee").count() == 1


def test_money_back_goes_to_its_charge(side, merchant):
    lot = topped_up(side, merchant)
    refund = ask_refund(actor=merchant.actor, lot_public_id=lot.public_id, money=side.money(PART), key="back")
    settle(side)
    refund.refresh_from_db()
    assert refund.state == "done"
    assert wallet(side, merchant) == side.balance() == PAID_IN - PART
    assert side.made("refunds", refund.public_id) == [("succeeded", PART)]


@pytest.mark.parametrize("action", ["error_500_during", "error_500_after", "malformed_json"])
def test_money_back_whose_answer_was_lost_goes_once(side, merchant, action):
    lot = topped_up(side, merchant)
    refund = ask_refund(actor=merchant.actor, lot_public_id=lot.public_id, money=side.money(PART), key="back")
    side.fault("refund.create", action, count=1)
    with pytest.raises(ProviderUnknown):
        submit_refund(refund.public_id)
    later(side, refund.created_at, 10, 90)
    assert Refund.objects.get().state == "done"
    assert side.balance() == PAID_IN - PART
    assert len(side.made("refunds", refund.public_id)) == 1


def test_more_than_the_charge_has_is_a_definite_no_and_comes_back_into_the_wallet(side, merchant):
    lot = topped_up(side, merchant)
    gateway = provider(side.name)
    gateway.create_refund(key="behind", charge=lot.charge, money=side.money(80_000), reference="x", reason="asked")
    ask_refund(actor=merchant.actor, lot_public_id=lot.public_id, money=side.money(PART), key="back")
    settle(side)
    assert Refund.objects.get().state == "returned"
    assert wallet(side, merchant) == PAID_IN


def test_another_amount_than_asked_waits_in_suspense(side, merchant):
    """The page takes 900 for a funding of 1,000."""
    funding = ask(side, merchant)
    opened = provider(side.name).create_checkout(
        key="wrong",
        money=side.money(90_000),
        reference=funding.public_id,
        description="Wallet top-up",
        payer="Chenyu Tea",
        success_url="http://localhost:8000/",
        cancel_url="http://localhost:8000/",
        group=funding.group,
    )
    side.pay(Funding(checkout=opened.id))
    settle_funding(actor=SYSTEM, public_id=funding.public_id, checkout=provider(side.name).get_checkout(opened.id))
    funding.refresh_from_db()
    assert funding.state == "mismatched"
    assert wallet(side, merchant) == 0
    assert balance_of(chart.suspense(), side.currency) == Money(90_000, side.currency)


@pytest.mark.parametrize("minor", [0, -1, 10**17])
def test_no_absurd_amount_is_charged(side, merchant, minor):
    with pytest.raises(ProviderError):
        provider(side.name).create_checkout(
            key=f"absurd-{minor}",
            money=side.money(minor),
            reference="fnd_absurd",
            description="Nothing",
            payer="Chenyu Tea",
            success_url="http://localhost:8000/",
            cancel_url="http://localhost:8000/",
            group="fnd_absurd",
        )
    assert side.made("checkouts", "fnd_absurd") == []


def test_a_release_comes_to_the_payees_bank_and_back_and_there_again(side, merchant, anchor):
    verify(anchor.party, "payee")
    topped_up(side, merchant)
    released(merchant, (anchor.party, PART), currency=side.currency)
    relay_all()
    assert Transfer.objects.get().hold == "no_account"
    with_account(side, anchor)
    account = anchor.party.payout_accounts.get()
    account.refresh_from_db()
    assert (account.last4, account.payouts_enabled, account.wanted) == ("8002", True, [])
    side.let_money_become_available()
    with time_machine.travel(clock.now() + timedelta(days=8), tick=True):
        fire_due()
        settle(side)
        assert Transfer.objects.get().state == "done"
        assert side.balance_of(account) == PART
        payout = ask_payout(actor=anchor.actor, currency=side.currency, key="out")
        settle(side)
        payout.refresh_from_db()
        assert (payout.state, payout.last4) == ("in_transit", "8002")
        side.settle_payout(payout.provider_payout)
        settle(side)
        payout.refresh_from_db()
        assert payout.state == "paid"
        side.settle_payout(payout.provider_payout, "fail")
        told(side, payout)
        payout.refresh_from_db()
        assert (payout.state, payout.reference) == ("returned", payout.public_id)
        assert side.balance_of(account) == PART
        with time_machine.travel(clock.now() + timedelta(days=1, minutes=1), tick=True):
            fire_due()
            settle(side)
            payout.refresh_from_db()
            side.settle_payout(payout.provider_payout)
            settle(side)
    payout.refresh_from_db()
    assert (payout.state, payout.tries) == ("paid", 2)
    assert side.made("payouts", payout.reference, account) == [("paid", PART)]
    assert side.balance_of(account) == 0
    assert balance_of(chart.connected(anchor.party.public_id, anchor.party.pk), side.currency).amount_minor == 0


@pytest.mark.parametrize("action", ["error_500_during", "error_500_after", "malformed_json"])
def test_what_goes_to_a_payee_goes_once_whatever_becomes_of_the_calls(side, merchant, anchor, action):
    verify(anchor.party, "payee")
    topped_up(side, merchant)
    with_account(side, anchor)
    released(merchant, (anchor.party, PART), currency=side.currency)
    relay_all()
    side.let_money_become_available()
    side.fault("transfer.create", action, count=1)
    side.fault("payout.create", action, count=1)
    account = anchor.party.payout_accounts.get()
    begin = clock.now() + timedelta(days=8)
    with time_machine.travel(begin, tick=True):
        fire_due()
    later(side, begin, 10, 90, 180)
    transfer = Transfer.objects.get()
    assert (transfer.state, side.balance_of(account)) == ("done", PART)
    assert len(side.made("transfers", transfer.public_id)) == 1
    with time_machine.travel(begin + timedelta(seconds=200), tick=True):
        payout = ask_payout(actor=anchor.actor, currency=side.currency, key="out")
    later(side, begin, 210, 290, 370)
    payout.refresh_from_db()
    assert payout.state == "in_transit"
    assert len(side.made("payouts", payout.reference, account)) == 1
    assert side.balance_of(account) == 0


def test_a_payee_who_was_made_and_forgotten_is_found_again(side, anchor):
    with_second_factor(anchor)
    account = ask_payout_account(actor=anchor.actor, provider=side.name)
    side.fault("payee.create", "malformed_json", count=1)
    with pytest.raises(ProviderUnknown):
        open_account_page(account)
    open_account_page(account)
    account.refresh_from_db()
    assert provider(side.name).find_payee(account.public_id).id == account.provider_payee
    assert payees_at(side, account.public_id) == 1


def payees_at(side: TestBankSide, reference: str) -> int:
    if side.name == "stripe":
        return len(side.api.accounts.list({"limit": 100}).data)
    return len(side.bank.get("/api/payees", reference=reference).json()["data"])


def told(side: TestBankSide, payout: Payout) -> None:
    """A bank's late no is told by a webhook; a payout that is paid is not asked about again."""
    if side.name != "stripe":
        return settle(side)
    account = payout.payee
    failed = side.api.events("payout.failed", account=account)[-1].to_dict()
    receive(provider="stripe", event=ProviderEvent(failed["id"], failed["type"], failed))
    return settle(side)


def wait_for(look, seen, tries: int = 40):
    for _ in range(tries):
        found = look()
        if seen(found):
            break
        time.sleep(0.25)
    return found
