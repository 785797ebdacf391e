"""What is on the wire beside the objects: keys, versions, headers, errors, expansion, metadata."""

import httpx
import pytest
import stripe

from tests.support.bank import Bank
from tests.support.stripe_api import StripeApi


def get(bank: Bank, path: str, **headers: str) -> httpx.Response:
    return httpx.get(bank.url + path, headers={"Authorization": f"Bearer {bank.stripe_key}", **headers})


@pytest.mark.parametrize("key", ["sk_live_of_somebody", "rk_live_of_somebody", "sk_test_of_somebody", "x"])
def test_no_other_key_opens_and_a_live_one_is_told_so(bank: Bank, key: str) -> None:
    for path in ("/v1/balance", "/v2/core/accounts/acct_x"):
        answer = httpx.get(bank.url + path, headers={"Authorization": f"Bearer {key}"})
        assert answer.status_code == 401
        assert answer.json()["error"]["type"] == "invalid_request_error"
        assert ("live key" in answer.text) == ("_live_" in key)
        assert key not in answer.text or key == "x"
    client = stripe.StripeClient(key, base_addresses={"api": bank.url})
    with pytest.raises(stripe.AuthenticationError):
        client.v1.balance.retrieve()


def test_call_without_a_key_is_refused(bank: Bank) -> None:
    for headers in ({}, {"Authorization": "Bearer"}, {"Authorization": "Basic !"}, {"Authorization": bank.stripe_key}):
        assert httpx.get(f"{bank.url}/v1/balance", headers=headers).status_code == 401


def test_neither_secret_opens_the_others_door(bank: Bank) -> None:
    assert httpx.get(f"{bank.url}/v1/balance", headers=bank._auth()).status_code == 401
    for path in ("/api/balance", "/_faults"):
        assert get(bank, path).status_code == 401


def test_key_as_the_name_of_a_basic_authorization_is_the_same(bank: Bank) -> None:
    assert httpx.get(f"{bank.url}/v1/balance", auth=(bank.stripe_key, "")).status_code == 200


def test_answer_names_its_request_and_its_version(bank: Bank) -> None:
    answer = get(bank, "/v1/balance", **{"Idempotency-Key": "k"})
    assert answer.headers["Request-Id"].startswith("req_")
    assert answer.headers["Stripe-Version"] == stripe.api_version
    assert answer.headers["Idempotency-Key"] == "k"
    assert "Idempotent-Replayed" not in answer.headers


def test_other_versions_are_refused(bank: Bank) -> None:
    answer = get(bank, "/v1/balance", **{"Stripe-Version": "2020-08-27"})
    assert answer.status_code == 400
    assert answer.json()["error"]["param"] == "Stripe-Version"


@pytest.mark.parametrize(
    ("path", "method"), [("/v1/customers", "GET"), ("/v2/money", "GET"), ("/v1/charges/ch_x", "POST")]
)
def test_what_is_not_built_does_not_exist(bank: Bank, path: str, method: str) -> None:
    answer = httpx.request(method, bank.url + path, headers={"Authorization": f"Bearer {bank.stripe_key}"})
    assert answer.status_code == 404
    assert answer.json()["error"]["message"] == f"Unrecognized request URL ({method}: {path})."


def test_error_says_type_code_parameter_and_where_to_read(api: StripeApi) -> None:
    with pytest.raises(stripe.InvalidRequestError) as refusal:
        api.v1.transfers.create({"amount": 1})
    assert refusal.value.json_body == {
        "error": {
            "type": "invalid_request_error",
            "code": "parameter_missing",
            "message": "Missing required param: currency.",
            "param": "currency",
            "doc_url": "https://docs.stripe.com/error-codes#parameter-missing",
        }
    }


def test_expansion_goes_four_steps_and_through_lists(api: StripeApi) -> None:
    charge, account = api.charge(), api.account()
    api.transfer(account, 1_000, charge=charge.id)

    path = "data.source_transaction.payment_intent.latest_charge"
    found = api.v1.transfers.list({"expand": [path]}).data[0]

    assert found.source_transaction.payment_intent.latest_charge.id == charge.id
    assert isinstance(found.destination, str)
    for wrong in (f"{path}.payment_intent", "data.colour", "data.amount"):
        with pytest.raises(stripe.InvalidRequestError) as refusal:
            api.v1.transfers.list({"expand": [wrong]})
        assert refusal.value.param == "expand[0]"


def test_expansion_of_what_is_not_there_yet_is_null(api: StripeApi) -> None:
    session = api.session(expand=["payment_intent", "line_items"])
    assert session.payment_intent is None
    assert session.line_items.data[0].quantity == 1


@pytest.mark.parametrize(
    "given",
    [{"limit": 0}, {"limit": 101}, {"starting_after": "tr_x"}, {"ending_before": "tr_x"}, {"created": {"gt": "x"}}],
)
def test_list_with_a_wrong_parameter_is_refused(api: StripeApi, given: dict) -> None:
    with pytest.raises(stripe.InvalidRequestError) as refusal:
        api.v1.transfers.list(given)
    assert refusal.value.param.partition("[")[0] in given


def test_extreme_times_find_nothing_or_are_refused(api: StripeApi) -> None:
    api.charge()
    assert api.v1.events.list({"created": 0}).data == []
    assert len(api.v1.events.list({"created": {"gt": 0, "lte": 9_999_999_999}}).data) == 4
    with pytest.raises(stripe.InvalidRequestError):
        api.v1.events.list({"created": {"gt": 10**17}})


def test_account_of_another_call_is_not_taken_in_silence(api: StripeApi) -> None:
    account = api.account()
    with pytest.raises(stripe.InvalidRequestError, match="leave Stripe-Account out"):
        api.v1.refunds.list({}, {"stripe_account": account})


def test_bodies_that_are_none_are_refused(bank: Bank) -> None:
    headers = {"Authorization": f"Bearer {bank.stripe_key}"}
    for path, body in (
        ("/v1/refunds", b"\xff"),
        ("/v1/refunds", b"a[=1"),
        ("/v2/core/accounts", b"{"),
        ("/v2/core/accounts", b"[]"),
        ("/v2/core/accounts", b'{"display_name": "\\u0000"}'),
        ("/v2/core/accounts", b"[" * 100_000),
    ):
        answer = httpx.post(bank.url + path, content=body, headers=headers)
        assert answer.status_code == 400, (path, body[:20])
        assert answer.json()["error"]["type"] == "invalid_request_error"
