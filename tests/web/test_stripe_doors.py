"""Three doors for Stripe: each opens to its own secrets and to nothing else, and stores before it answers."""

import json

import pytest
import stripe
from django.test import Client

from marketplace.payments.models import InboxEvent
from tests.web.conftest import rolled_back

DOORS = {
    "/webhooks/stripe/": "whsec_platform",
    "/webhooks/stripe/connected/": "whsec_connected",
    "/webhooks/stripe/thin/": "whsec_thin",
}
BODY = json.dumps(
    {"id": "evt_1", "type": "refund.updated", "livemode": False, "data": {"object": {"object": "refund", "id": "re_1"}}}
)


@pytest.fixture(autouse=True)
def house_with_stripe(settings):
    settings.STRIPE_SECRET_KEY = "sk_test_of_the_doors"
    settings.STRIPE_WEBHOOK_SECRETS = ["whsec_platform", "whsec_platform_old"]
    settings.STRIPE_CONNECTED_WEBHOOK_SECRETS = ["whsec_connected"]
    settings.STRIPE_THIN_WEBHOOK_SECRETS = ["whsec_thin"]


def signed(secret: str, body: str = BODY) -> str:
    return stripe.WebhookSignature.generate_signature_header(body, secret)


def knock(path: str, signature: str | None, body: str = BODY) -> int:
    headers = {} if signature is None else {"stripe-signature": signature}
    client = Client(enforce_csrf_checks=True)
    return client.generic("POST", path, body.encode(), "application/json", headers=headers).status_code


@pytest.mark.parametrize(("path", "secret"), DOORS.items())
def test_a_door_opens_to_its_own_secret_once(world, path, secret):
    with rolled_back():
        assert [knock(path, signed(secret)) for _ in range(2)] == [200, 200]
        stored = InboxEvent.objects.get()
        assert (stored.provider, stored.event_id, stored.payload) == ("stripe", "evt_1", json.loads(BODY))


def test_the_secret_that_is_being_replaced_still_opens(world):
    with rolled_back():
        assert knock("/webhooks/stripe/", signed("whsec_platform_old")) == 200


# Signed when asked: a signature holds the second that it was made in, and tests are told apart by what they are given.
STRANGERS = {
    "none": lambda: None,
    "empty": lambda: "",
    "made up": lambda: "t=1,v1=00",
    "nonsense": lambda: "nonsense",
    "without values": lambda: "t=,v1=",
    "somebody else's": lambda: signed("whsec_of_somebody_else"),
    "long ago": lambda: stripe.WebhookSignature.generate_signature_header(BODY, "whsec_platform", 1_000_000),
    "of another body": lambda: signed("whsec_platform", BODY + " "),
}


@pytest.mark.parametrize("path", DOORS)
@pytest.mark.parametrize("stranger", STRANGERS)
def test_nobody_else_comes_in(world, path, stranger):
    assert knock(path, STRANGERS[stranger]()) == 400
    assert not InboxEvent.objects.exists()


@pytest.mark.parametrize(("path", "secret"), DOORS.items())
def test_one_doors_secret_opens_no_other(world, path, secret):
    for other in DOORS.keys() - {path}:
        assert knock(other, signed(secret)) == 400
    assert not InboxEvent.objects.exists()


def test_a_door_without_secrets_is_shut(world, settings):
    settings.STRIPE_WEBHOOK_SECRETS = []
    assert knock("/webhooks/stripe/", signed("")) == 400
    settings.STRIPE_WEBHOOK_SECRETS = [""]
    assert knock("/webhooks/stripe/", signed("")) == 400


@pytest.mark.parametrize("body", ["", "[]", "null", "{}", '{"id": 7}', "not json", '{"id": "evt_1"'])
def test_what_is_signed_and_no_event_is_refused(world, body):
    assert knock("/webhooks/stripe/", signed("whsec_platform", body), body) == 400
    assert not InboxEvent.objects.exists()


def test_a_house_without_stripe_has_no_such_door(world, settings):
    settings.STRIPE_SECRET_KEY = ""
    assert knock("/webhooks/stripe/", signed("whsec_platform")) == 404
