"""What only Stripe does: its faults as the SDK makes of them, its doors, and payees who may not be paid yet."""

import json
from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine

from marketplace.core import clock
from marketplace.core.errors import NotFound
from marketplace.core.timers.fire import fire_due
from marketplace.ledger.models import FundingLot, Journal
from marketplace.payments.answers import ProviderEvent
from marketplace.payments.errors import (
    BadSignature,
    CurrencyNotOffered,
    ProviderFinal,
    ProviderRetryable,
    ProviderUnknown,
)
from marketplace.payments.flows.inbox import process
from marketplace.payments.flows.pay_out import open_account_page
from marketplace.payments.flows.refresh import refresh_account, refresh_funding, resolve_unknown
from marketplace.payments.flows.submit import submit_funding
from marketplace.payments.gateways import configured, payees_providers, provider, provider_for
from marketplace.payments.gateways.stripe_connect.client import client
from marketplace.payments.models import Funding, InboxEvent, ProviderCall, Transfer
from marketplace.payments.services.funding import ask_top_up
from marketplace.payments.services.inbox import receive
from marketplace.payments.services.payout_account import ask_payout_account
from tests.factories.deals import verify
from tests.factories.payees import released, with_second_factor
from tests.factories.people import Person, make_owner
from tests.support.relay import due_now, relay_all
from tests.support.sides import StripeSide
from tests.support.webhooks import Receiver

PAID_IN, PART = 100_000, 40_000


@pytest.fixture
def side(bank) -> Iterator[StripeSide]:
    found = StripeSide(bank)
    with found.settings():
        yield found


@pytest.fixture
def anchor(committed_db) -> Person:
    return make_owner("anchor", "Xia Wei")


@pytest.fixture
def impatient(side, monkeypatch) -> None:
    """A second for each answer: the stand-in holds a timed-out call for two."""
    monkeypatch.setattr(client(side.bank.stripe_key, side.bank.url).wire, "_timeout", (1.0, 1.0))


def ask(side: StripeSide, merchant: Person) -> Funding:
    return ask_top_up(actor=merchant.actor, money=side.money(PAID_IN), provider="stripe", key="in")


def topped_up(side: StripeSide, merchant: Person) -> FundingLot:
    funding = submit_funding(ask(side, merchant).public_id)
    side.pay(funding)
    refresh_funding(funding)
    relay_all()
    return FundingLot.objects.get()


def opened_account(anchor: Person):
    with_second_factor(anchor)
    account = ask_payout_account(actor=anchor.actor, provider="stripe")
    address = open_account_page(account)
    account.refresh_from_db()
    return account, address


def account_event(account_id: str, name: str) -> ProviderEvent:
    """A thin event as the third door brings it."""
    about = {"type": "v2.core.account", "id": account_id}
    payload = {"id": name, "object": "v2.core.event", "livemode": False, "related_object": about, "type": name}
    return ProviderEvent(name, name, payload)


@pytest.mark.parametrize(
    ("action", "raised"),
    [
        ("refuse_connect", None),  # a 503, tried again by the SDK
        ("error_500_before", None),
        ("timeout_before", None),
        ("timeout_after", None),
        ("slow:200", None),
        ("rate_limit_429:1", ProviderRetryable),
        ("error_500_during", ProviderUnknown),
        ("error_500_after", ProviderUnknown),
        ("malformed_json", ProviderUnknown),
    ],
)
def test_every_fault_of_the_call_ends_with_one_session(side, merchant, impatient, action, raised):
    funding = ask(side, merchant)
    side.fault("checkout.create", action, count=1)
    if raised is None:
        submit_funding(funding.public_id)
        assert ProviderCall.objects.get().attempts == 1
    else:
        with pytest.raises(raised):
            submit_funding(funding.public_id)
        funding.refresh_from_db()
        assert funding.state == "submitting"
    for later in (10, 90):
        with time_machine.travel(funding.created_at + timedelta(seconds=later), tick=True):
            due_now()
            relay_all()
            resolve_unknown(unchecked_for=timedelta(0))
    funding.refresh_from_db()
    assert funding.state == "awaiting_payer"
    assert side.made("checkouts", funding.public_id) == [("open", PAID_IN)]
    assert ProviderCall.objects.count() == (2 if action == "error_500_during" else 1)


def test_stripe_that_cannot_be_reached_has_done_nothing(side, merchant):
    funding = ask(side, merchant)
    side.bank.stop()
    with pytest.raises(ProviderRetryable):
        submit_funding(funding.public_id)
    side.bank.start()
    assert side.made("checkouts", funding.public_id) == []
    assert submit_funding(funding.public_id).state == "awaiting_payer"


def test_a_wrong_key_is_the_operators_to_mend_and_the_same_call_goes_through_then(side, merchant, settings):
    funding = ask(side, merchant)
    settings.STRIPE_SECRET_KEY = "sk_test_of_somebody_else"
    with pytest.raises(ProviderRetryable):
        submit_funding(funding.public_id)
    funding.refresh_from_db()
    assert (funding.state, ProviderCall.objects.get().state) == ("submitting", "open")
    settings.STRIPE_SECRET_KEY = side.bank.stripe_key
    assert submit_funding(funding.public_id).state == "awaiting_payer"


def test_objects_carry_what_ties_them_together(side, merchant, anchor):
    lot = topped_up(side, merchant)
    verify(anchor.party, "payee")
    account, address = opened_account(anchor)
    assert address.startswith(side.bank.url)
    side.name_account(account)
    refresh_account(account)
    [transfer] = released(merchant, (anchor.party, PART), currency="USD")
    with time_machine.travel(clock.now() + timedelta(days=8), tick=True):
        fire_due()
        relay_all()
    funding, api = Funding.objects.get(), side.api
    session = api.v1.checkout.sessions.retrieve(funding.checkout, {"expand": ["payment_intent"]})
    assert (session.mode, session.client_reference_id) == ("payment", funding.public_id)
    assert session.payment_intent.transfer_group == funding.public_id
    [sent] = api.v1.transfers.list({"transfer_group": funding.public_id}).data
    assert (sent.source_transaction, sent.destination, sent.amount) == (lot.charge, account.provider_payee, PART)
    made = api.accounts.retrieve(account.provider_payee, {"include": ["configuration.recipient"]})
    carried = [thing.metadata.to_dict()["reference"] for thing in (session, session.payment_intent, sent, made)]
    assert carried == [funding.public_id, funding.public_id, transfer.public_id, account.public_id]
    schedule = api.v1.balance_settings.retrieve({}, {"stripe_account": made.id}).payments.payouts.schedule
    assert schedule.interval == "manual"


def test_nothing_is_sent_to_somebody_who_is_not_aboard(side, merchant, anchor):
    lot = topped_up(side, merchant)
    account, _address = opened_account(anchor)
    with pytest.raises(ProviderFinal) as refused:
        provider("stripe").create_transfer(
            key="too-early",
            payee=account.provider_payee,
            charge=lot.charge,
            money=side.money(PART),
            reference="trf_x",
            group=Funding.objects.get().group,
        )
    assert refused.value.context == {"provider_code": "insufficient_capabilities_for_transfer"}
    assert side.made("transfers", "trf_x") == []


def test_onboarding_left_halfway_makes_transfers_wait_and_says_what_is_missing(side, merchant, anchor):
    verify(anchor.party, "payee")
    topped_up(side, merchant)
    released(merchant, (anchor.party, PART), currency="USD")
    account, _address = opened_account(anchor)
    assert refresh_account(account).wanted == ["person", "bank", "terms"]
    side.bank.onboard(account.provider_payee, "leave")
    assert refresh_account(account).wanted == ["bank", "terms"]
    relay_all()
    transfer = Transfer.objects.get()
    assert (transfer.state, transfer.hold) == ("on_hold", "no_account")
    side.bank.onboard(account.provider_payee)
    receive(provider="stripe", event=account_event(account.provider_payee, "evt_finished"))
    relay_all()
    transfer.refresh_from_db()
    account.refresh_from_db()
    assert (account.wanted, account.payouts_enabled, account.last4) == ([], True, "8002")
    assert transfer.hold == "first_payout"


def test_a_lost_capability_holds_what_is_released_meanwhile_and_lets_it_go_when_it_is_back(side, merchant, anchor):
    verify(anchor.party, "payee")
    topped_up(side, merchant)
    account, _address = opened_account(anchor)
    side.name_account(account)
    refresh_account(account)
    relay_all()
    side.bank.onboard(account.provider_payee, "want_more")
    receive(provider="stripe", event=account_event(account.provider_payee, "evt_restricted"))
    relay_all()
    account.refresh_from_db()
    assert (account.payouts_enabled, account.wanted) == (False, ["papers"])
    released(merchant, (anchor.party, PART), currency="USD")
    with time_machine.travel(clock.now() + timedelta(days=8), tick=True):
        relay_all()
        transfer = Transfer.objects.get()
        assert (transfer.state, transfer.hold) == ("on_hold", "no_account")
        assert side.balance_of(account) == 0
        side.name_account(account)
        refresh_account(account)
        relay_all()
    transfer.refresh_from_db()
    assert (transfer.state, side.balance_of(account)) == ("done", PART)


def test_each_door_opens_to_its_own_secret_and_what_it_brings_settles(side, merchant, receiver: Receiver, settings):
    gateway = provider("stripe")
    side.bank.point_stripe_at(receiver.url)
    funding = submit_funding(ask(side, merchant).public_id)
    side.pay(funding)
    [hook] = receiver.wait_for("checkout.session.completed")
    event = gateway.read_webhook(hook.body, hook.signature, door="platform")
    for door in ("connected", "thin"):
        with pytest.raises(BadSignature):
            gateway.read_webhook(hook.body, hook.signature, door=door)
    with pytest.raises(BadSignature):
        gateway.read_webhook(hook.body.replace(b"paid", b"PAID"), hook.signature, door="platform")
    with time_machine.travel(clock.now() + timedelta(minutes=6), tick=True), pytest.raises(BadSignature):
        gateway.read_webhook(hook.body, hook.signature, door="platform")
    settings.STRIPE_WEBHOOK_SECRETS = ["whsec_new", side.bank.stripe_secrets["acquirer"]]
    assert provider("stripe").read_webhook(hook.body, hook.signature, door="platform").id == event.id
    assert not Journal.objects.exists()
    assert receive(provider="stripe", event=event) is True
    assert receive(provider="stripe", event=event) is False
    relay_all()
    funding.refresh_from_db()
    assert (funding.state, InboxEvent.objects.get().state) == ("paid", "processed")


def test_a_thin_webhook_and_one_of_a_payees_payout_are_read_at_their_doors(side, anchor, receiver: Receiver):
    gateway = provider("stripe")
    side.bank.point_stripe_at(receiver.url)
    account, _address = opened_account(anchor)
    hook = receiver.wait_for("v2.core.account.created")[0]
    event = gateway.read_webhook(hook.body, hook.signature, door="thin")
    subject = gateway.subject_of(event.payload)
    assert (subject.kind, subject.id) == ("payee", account.provider_payee)


@pytest.mark.parametrize("kind", ["invoice", "charge", "payment_intent"])
def test_what_is_nothing_to_us_is_kept_and_ignored(side, committed_db, kind):
    payload = {
        "id": "evt_x",
        "type": f"{kind}.created",
        "livemode": False,
        "data": {"object": {"object": kind, "id": "x"}},
    }
    receive(provider="stripe", event=ProviderEvent("evt_x", payload["type"], payload))
    process(InboxEvent.objects.get().public_id)
    assert InboxEvent.objects.get().state == "ignored"
    assert InboxEvent.objects.get().payload == json.loads(json.dumps(payload))


def test_an_object_that_somebody_else_made_with_the_same_keys_is_nothing_to_us(side, committed_db):
    charge = side.api.charge(5_000)
    session = side.api.events("checkout.session.completed")[-1].to_dict()
    receive(provider="stripe", event=ProviderEvent(session["id"], session["type"], session))
    process(InboxEvent.objects.get().public_id)
    assert InboxEvent.objects.get().state == "ignored"
    assert charge.amount == 5_000
    assert not Journal.objects.exists()


def test_a_currency_that_the_account_does_not_settle_in_is_not_offered(side, committed_db):
    assert (provider_for("USD"), list(payees_providers()), configured()) == ("stripe", ["stripe"], ["stripe"])
    with pytest.raises(CurrencyNotOffered):
        provider_for("CNY")
    with pytest.raises(NotFound):
        provider("test_bank")


def test_an_operator_is_told_who_answers(side):
    side.api.charge(5_000)
    assert provider("stripe").greet() == "Stripe answers in test mode; its balance has USD"


def test_a_log_that_has_forgotten_where_we_were_is_read_from_three_days_ago(side):
    side.api.charge(5_000)
    gateway = provider("stripe")
    found = [event.type for event in gateway.events_after("evt_of_last_year")]
    assert found == ["checkout.session.completed"]
    assert list(gateway.events_after(next(gateway.events_after("")).id)) == []
