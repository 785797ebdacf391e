"""How Stripe's objects are read where the stand-in cannot bring them about."""

from types import SimpleNamespace as Thing

import pytest
import stripe

from marketplace.payments.answers import Subject, Wanted
from marketplace.payments.gateways.stripe_connect import checkout, payee, payout, refund, requirements
from marketplace.payments.gateways.stripe_connect.events import subject_of


def whole(**fields: object) -> stripe.StripeObject:
    return stripe.StripeObject.construct_from({"id": "x_1", "metadata": {"reference": "ref_1"}, **fields}, "sk_test_x")


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("pending", "pending"),
        ("requires_action", "pending"),
        ("succeeded", "succeeded"),
        ("failed", "failed"),
        ("canceled", "failed"),
    ],
)
def test_states_of_a_refund(said, meant):
    found = refund.read(whole(status=said, charge=None, amount=5, currency="usd", failure_reason=None))
    assert (found.status, found.reference, found.charge, str(found.money)) == (meant, "ref_1", "", "USD 0.05")


@pytest.mark.parametrize(
    ("said", "meant"),
    [("pending", "in_transit"), ("in_transit", "in_transit"), ("paid", "paid"), ("failed", "failed")],
)
def test_states_of_a_payout(said, meant):
    found = payout.read(whole(status=said, amount=500, currency="jpy", failure_code="account_closed"))
    assert (found.status, found.failure, str(found.money)) == (meant, "account_closed", "JPY 500")


@pytest.mark.parametrize(
    ("status", "paid", "intent", "meant"),
    [
        ("open", "unpaid", None, "open"),
        ("expired", "unpaid", None, "expired"),
        ("complete", "unpaid", "processing", "processing"),
        ("complete", "unpaid", "requires_payment_method", "declined"),
        ("complete", "unpaid", "canceled", "declined"),
    ],
)
def test_states_of_a_session_that_is_not_paid(status, paid, intent, meant):
    session = whole(
        status=status,
        payment_status=paid,
        payment_intent={"id": "pi_1", "status": intent} if intent else None,
        url=None,
        amount_total=1000,
        currency="usd",
    )
    found = checkout.read(session)
    assert (found.status, found.charge, found.url) == (meant, None, "")


@pytest.mark.parametrize(
    ("description", "kind"),
    [
        ("identity.attestations.terms_of_service.account", Wanted.TERMS),
        ("configuration.recipient.default_outbound_destination", Wanted.BANK),
        ("identity.individual.documents.primary_verification", Wanted.PAPERS),
        ("identity.individual.given_name", Wanted.PERSON),
        ("identity.business_details.registered_name", Wanted.BUSINESS),
        ("something.that.stripe.asks.one.day", Wanted.OTHER),
    ],
)
def test_what_is_wanted_has_a_kind(description, kind):
    assert requirements.kind(description) == kind


def test_what_stripe_itself_looks_at_is_not_wanted_of_her():
    entries = [
        Thing(description="identity.individual.given_name", awaiting_action_from="stripe"),
        Thing(description="identity.attestations.terms_of_service.account", awaiting_action_from="user"),
        Thing(description="identity.attestations.ownership", awaiting_action_from="user"),
    ]
    assert requirements.kinds(Thing(requirements=Thing(entries=entries))) == (Wanted.TERMS,)
    assert requirements.kinds(Thing(requirements=None)) == ()


def test_a_payee_is_called_what_stripe_has_checked_where_her_bank_says_nothing():
    def account(**identity: object) -> Thing:
        return Thing(
            id="acct_1",
            metadata=None,
            closed=False,
            configuration=None,
            requirements=None,
            identity=Thing(**({"individual": None, "business_details": None} | identity)),
        )

    bank = Thing(
        id="ba_1",
        account_holder_name=None,
        bank_name="Harbour",
        last4="8002",
        fingerprint="f",
        default_for_currency=True,
    )
    person = account(individual=Thing(given_name="Wei", surname="Xia"))
    assert payee.read(person, [bank]).holder == "Wei Xia"
    company = account(business_details=Thing(registered_name="Northquay Ltd"))
    assert payee.read(company, [bank]).holder == "Northquay Ltd"
    nobody = payee.read(account(), [])
    assert (nobody.holder, nobody.last4, nobody.payouts_enabled) == ("", "", False)


def v1(kind: str, **more: object) -> dict:
    return {
        "id": "evt_1",
        "object": "event",
        "livemode": False,
        "data": {"object": {"object": kind, "id": "x_1"}},
    } | more


THIN = {
    "id": "evt_2",
    "object": "v2.core.event",
    "livemode": False,
    "related_object": {"type": "v2.core.account", "id": "acct_1"},
}


@pytest.mark.parametrize(
    ("payload", "subject"),
    [
        (v1("checkout.session"), Subject("checkout", "x_1")),
        (v1("refund"), Subject("refund", "x_1")),
        (v1("transfer"), Subject("transfer", "x_1")),
        (v1("payout", account="acct_1"), Subject("payout", "x_1", "acct_1")),
        (v1("charge"), None),
        (v1("invoice"), None),
        (v1("refund", livemode=True), None),
        (THIN, Subject("payee", "acct_1")),
        (THIN | {"related_object": None}, None),
        (THIN | {"related_object": {"type": "v2.core.person", "id": "p_1"}}, None),
    ],
)
def test_what_an_event_speaks_of(payload, subject):
    assert subject_of(payload, is_live=False) == subject


def test_what_happens_in_test_mode_is_nothing_to_a_live_house():
    assert subject_of(v1("payout", account="acct_1"), is_live=True) is None
