"""Events: snapshots for the platform and for connected accounts, thin ones for v2; signed, retried, found again."""

import json
import time

import pytest
import stripe

from tests.support.bank import Bank
from tests.support.stripe_api import StripeApi, check
from tests.support.webhooks import Hook, Receiver


@pytest.fixture
def heard(bank: Bank, receiver: Receiver) -> Receiver:
    bank.point_stripe_at(receiver.url)
    return receiver


def opened(hook: Hook, secret: str) -> stripe.Event:
    return stripe.Webhook.construct_event(hook.body, hook.signature, secret)


def test_platform_event_is_signed_with_the_platforms_secret(api: StripeApi, bank: Bank, heard: Receiver) -> None:
    charge = api.charge()
    hook = heard.wait_for("checkout.session.completed")[0]

    event = opened(hook, bank.stripe_secrets["acquirer"])

    check(json.loads(hook.body))
    assert event.data.object.payment_intent == charge.payment_intent
    assert (event.api_version, event.livemode) == (stripe.api_version, False)
    assert "account" not in json.loads(hook.body)
    for secret in (bank.stripe_secrets["connected"], bank.stripe_secrets["thin"], "whsec_other", ""):
        with pytest.raises(stripe.SignatureVerificationError):
            opened(hook, secret)


def test_tampered_and_old_webhooks_do_not_verify(api: StripeApi, bank: Bank, heard: Receiver) -> None:
    secret = bank.stripe_secrets["acquirer"]
    bank.fault("webhook.deliver.charge.succeeded", "bad_signature")
    bank.fault("webhook.deliver.payment_intent.succeeded", "old_timestamp:3600")
    api.charge()

    for kind in ("charge.succeeded", "payment_intent.succeeded"):
        with pytest.raises(stripe.SignatureVerificationError):
            opened(heard.wait_for(kind)[0], secret)
    good = heard.wait_for("checkout.session.completed")[0]
    with pytest.raises(stripe.SignatureVerificationError):
        opened(Hook(good.body.replace(b'"paid"', b'"PAID"'), good.signature), secret)
    assert opened(good, secret).type == "checkout.session.completed"


def test_event_names_the_call_that_caused_it(api: StripeApi, heard: Receiver) -> None:
    charge, account = api.charge(), api.account()
    made = api.v1.transfers.create(
        {"amount": 1_000, "currency": "usd", "destination": account, "source_transaction": charge.id},
        {"idempotency_key": "release-1"},
    )

    event = api.events("transfer.created")[0]

    assert event.request.idempotency_key == "release-1"
    assert event.request.id == made.last_response.request_id
    assert api.events("charge.succeeded")[0].request.id is None


def test_connected_event_names_its_account_and_has_a_secret_of_its_own(
    api: StripeApi, bank: Bank, heard: Receiver
) -> None:
    account = api.account()
    api.transfer(account, 60_000, charge=api.charge().id)
    bank.advance(bank.available_seconds + 1)
    made = api.v1.payouts.create({"amount": 60_000, "currency": "usd"}, {"stripe_account": account})
    hook = heard.wait_for("payout.created")[0]

    event = opened(hook, bank.stripe_secrets["connected"])

    check(json.loads(hook.body))
    assert (event.account, event.data.object.id) == (account, made.id)
    with pytest.raises(stripe.SignatureVerificationError):
        opened(hook, bank.stripe_secrets["acquirer"])


def test_thin_event_leads_to_the_account_and_to_the_whole_event(api: StripeApi, bank: Bank, heard: Receiver) -> None:
    account = api.account()
    kind = "v2.core.account[configuration.recipient].capability_status_updated"
    hook = heard.wait_for(kind, times=2)[1]

    note = api.client.parse_event_notification(hook.body, hook.signature, bank.stripe_secrets["thin"])

    assert (note.type, note.related_object.id) == (kind, account)
    assert {"data", "changes"} & json.loads(hook.body).keys() == set()
    found = note.fetch_related_object()
    assert (found.id, found.display_name) == (account, "Xia Wei")
    whole = note.fetch_event()
    assert (whole.id, whole.type, whole.related_object.id) == (note.id, kind, account)
    assert whole.data.updated_capability == "stripe_balance.stripe_transfers"
    assert "v2.core.account[requirements].updated" in heard.types()


def test_refused_webhook_is_tried_again(api: StripeApi, bank: Bank, heard: Receiver) -> None:
    heard.status = 500
    api.charge()
    first = heard.wait_for("checkout.session.completed")[0]
    heard.status = 200
    bank.advance(60)

    again = heard.wait_for("checkout.session.completed", times=2)[1]

    one, two = (opened(hook, bank.stripe_secrets["acquirer"]) for hook in (first, again))
    assert (one.id, one.created, one.data.object.id) == (two.id, two.created, two.data.object.id)


def test_lost_and_doubled_webhooks_are_planned_by_their_type(api: StripeApi, bank: Bank, heard: Receiver) -> None:
    bank.fault("webhook.deliver.charge.succeeded", "lose")
    bank.fault("webhook.deliver.checkout.session.completed", "duplicate:3")
    bank.fault("webhook.deliver.v2.core.account[requirements].updated", "lose", count=0)
    api.charge()
    api.account()
    hooks = heard.wait_for("checkout.session.completed", times=3)
    heard.wait_for("v2.core.account[configuration.recipient].capability_status_updated", times=2)

    assert len({hook.event["id"] for hook in hooks}) == 1
    assert "charge.succeeded" not in heard.types()
    assert "v2.core.account[requirements].updated" not in heard.types()
    assert len(api.events("charge.succeeded")) == 1


def test_missed_events_are_found_by_type_and_time_page_by_page(api: StripeApi) -> None:
    api.charge()
    time.sleep(1.1)
    second = api.charge()
    types = ["charge.succeeded", "checkout.session.completed"]

    page = api.v1.events.list({"types": types, "limit": 3})

    assert page.has_more is True
    assert [event.type for event in page.auto_paging_iter()] == types[::-1] * 2
    late = api.v1.events.list({"type": "charge.succeeded", "created": {"gte": second.created}})
    assert [event.data.object["id"] for event in late.data] == [second.id]
    early = api.v1.events.list({"type": "charge.succeeded", "created": {"lt": second.created}})
    assert len(early.data) == 1
    assert api.v1.events.retrieve(late.data[0].id).data.object["id"] == second.id
    with pytest.raises(stripe.InvalidRequestError):
        api.v1.events.list({"type": "charge.succeeded", "types": types})


def test_the_test_bank_hears_nothing_of_the_acquirer(api: StripeApi, bank: Bank, receiver: Receiver) -> None:
    bank.point_webhooks_at(receiver.url)
    api.charge()
    bank.paid()
    receiver.wait_for("checkout.paid")

    assert {event["type"] for event in bank.events()} == {"checkout.created", "charge.created", "checkout.paid"}
    assert set(receiver.types()) <= {"checkout.created", "charge.created", "checkout.paid"}
    assert bank.balance("USD") == 0
    assert api.balance() == (0, 97_070)
