"""Every way in which Stripe can fail, and whether asking again is safe."""

import pytest
import requests
import stripe
from urllib3.exceptions import ConnectTimeoutError, MaxRetryError, NewConnectionError, ProtocolError

from marketplace.payments.errors import ProviderFinal, ProviderRetryable, ProviderUnknown
from marketplace.payments.gateways.stripe_connect.errors import family
from marketplace.payments.gateways.stripe_connect.wire import never_stood

REFUSED = requests.exceptions.ConnectionError(MaxRetryError(None, "/", NewConnectionError(None, "refused")))
RESET = requests.exceptions.ConnectionError(ProtocolError("Connection aborted.", ConnectionResetError(104)))


def answered(status: int, code: str | None = None, kind: str = "invalid_request_error") -> stripe.StripeError:
    """The error that the SDK itself makes of such an answer."""
    body = {"error": {"type": kind, "message": "No.", **({"code": code} if code else {})}}
    client = stripe.StripeClient("sk_test_x")
    with pytest.raises(stripe.StripeError) as caught:
        client._requestor.handle_error_response("{}", status, body, {}, "V1")
    return caught.value


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (answered(429, "rate_limit"), "rate_limit"),
        (answered(429, "lock_timeout"), "lock_timeout"),
        (answered(409, "idempotency_key_in_use"), "idempotency_key_in_use"),
        (answered(401), "AuthenticationError"),
        (answered(403), "PermissionError"),
        (answered(403, "account_invalid"), "account_invalid"),
    ],
)
def test_what_had_no_effect_may_be_asked_again(error, code):
    found = family(error, may_have_arrived=True)
    assert type(found) is ProviderRetryable
    assert str(found) == code


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (answered(400, "parameter_unknown"), "parameter_unknown"),
        (answered(400), "invalid_request"),
        (answered(400, "balance_insufficient"), "balance_insufficient"),
        (answered(402, "card_declined", "card_error"), "card_declined"),
        (answered(404, "resource_missing"), "resource_missing"),
        (answered(400, kind="idempotency_error"), "idempotency_mismatch"),
    ],
)
def test_a_definite_no_says_which(error, code):
    found = family(error, may_have_arrived=True)
    assert type(found) is ProviderFinal
    assert found.context == {"provider_code": code}


@pytest.mark.parametrize(
    "error",
    [
        answered(500, kind="api_error"),
        answered(502, kind="api_error"),
        answered(503, kind="api_error"),
        stripe.APIError("Invalid response body from API: half", "half", 200),
        stripe.APIConnectionError("Unexpected error communicating with Stripe."),
    ],
)
def test_what_may_have_had_its_effect_is_unknown(error):
    assert type(family(error, may_have_arrived=True)) is ProviderUnknown


def test_a_connection_that_never_stood_had_no_effect():
    error = stripe.APIConnectionError("Unexpected error communicating with Stripe.")
    assert type(family(error, may_have_arrived=False)) is ProviderRetryable


@pytest.mark.parametrize(
    ("cause", "never"),
    [
        (REFUSED, True),
        (requests.exceptions.ConnectTimeout(MaxRetryError(None, "/", ConnectTimeoutError())), True),
        (RESET, False),
        (requests.exceptions.ReadTimeout("read timed out"), False),
        (requests.exceptions.ChunkedEncodingError("half"), False),
        (ValueError("anything"), False),
        (None, False),
    ],
)
def test_which_connections_never_stood(cause, never):
    assert never_stood(cause) is never
