"""What the SDK makes of each fault, and how often the money has moved when it is over."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest
import stripe

from tests.support.bank import Bank
from tests.support.stripe_api import StripeApi
from tests.support.wire import AFTER, BEFORE, wire

OK = "ok"
LONG = 3  # more than the client's patience


@pytest.fixture
def stage(api: StripeApi) -> tuple[str, str]:
    """A paid charge and somebody to pay out of it."""
    return api.charge().id, api.account()


def transfer(client: StripeApi, stage: tuple[str, str], *, amount: int = 1_000, key: str = "release-1", **more):
    charge, account = stage
    given = {"amount": amount, "currency": "usd", "destination": account, "source_transaction": charge, **more}
    return client.v1.transfers.create(given, {"idempotency_key": key})


def moved(api: StripeApi, stage: tuple[str, str]) -> int:
    return len(api.v1.transfers.list({"destination": stage[1]}).data)


# The plan, how the SDK comes out of it with two tries more, how many transfers there are, how many calls it made.
TABLE = [
    ("refuse_connect", OK, 1, 2),
    ("error_500_before", OK, 1, 2),
    (f"timeout_before:{LONG}", OK, 1, 2),
    (f"timeout_after:{LONG}", OK, 1, 2),
    ("slow:300", OK, 1, 1),
    ("malformed_json", stripe.APIError, 1, 1),
    ("rate_limit_429:1", stripe.RateLimitError, 0, 1),
    ("error_500_during", stripe.APIError, 0, 3),
    ("error_500_after", stripe.APIError, 1, 3),
    ("decline", stripe.InvalidRequestError, 0, 1),
]


@pytest.mark.parametrize(("plan", "outcome", "transfers", "calls"), TABLE, ids=[row[0] for row in TABLE])
def test_sdk_comes_out_of_a_fault_and_the_money_moved_once_or_not(
    api: StripeApi, bank: Bank, stage: tuple[str, str], plan: str, outcome: object, transfers: int, calls: int
) -> None:
    trying = StripeApi(bank, timeout=1.0, retries=2)
    bank.fault("stripe.transfer.create", plan)
    before = seen(bank)

    if outcome is OK:
        made = transfer(trying, stage)
        assert api.v1.transfers.retrieve(made.id).amount == 1_000
    else:
        with pytest.raises(outcome):
            transfer(trying, stage)

    assert moved(api, stage) == transfers
    assert sum(api.balance()) == 97_070 - 1_000 * transfers
    assert seen(bank) - before == 1
    # What never got an answer is not in the list: the client's patience ended instead.
    unanswered = plan.startswith("timeout")
    assert len(trying.http.answers) == calls - unanswered


@pytest.mark.parametrize("cut", [BEFORE, AFTER])
def test_reset_connection_is_tried_again_and_moves_once(
    api: StripeApi, bank: Bank, stage: tuple[str, str], cut: str
) -> None:
    with wire(bank.port, cut) as cuttable:
        made = transfer(StripeApi(bank, retries=2, url=cuttable.url), stage)
        assert cuttable.connections == 2

    assert [item.id for item in api.v1.transfers.list({}).data] == [made.id]
    assert sum(api.balance()) == 96_070


@pytest.mark.parametrize(("plan", "transfers"), [("drop_before", 0), ("drop_after", 1)])
def test_same_key_finds_out_what_a_broken_answer_would_have_said(
    api: StripeApi, bank: Bank, stage: tuple[str, str], plan: str, transfers: int
) -> None:
    # Broken off behind the headers or before them, whichever the server gets to: either way no answer that can be read.
    bank.fault("stripe.transfer.create", plan)
    with pytest.raises(stripe.APIConnectionError):
        transfer(api, stage)
    assert moved(api, stage) == transfers
    transfer(api, stage)
    assert moved(api, stage) == 1


def seen(bank: Bank) -> int:
    rules = bank.client.get("/_faults", headers=bank._auth()).json()["data"]
    return sum(rule["hits"] for rule in rules)


def test_kept_500_is_answered_again_for_the_same_key(api: StripeApi, bank: Bank, stage: tuple[str, str]) -> None:
    bank.fault("stripe.transfer.create", "error_500_after")
    for _ in range(2):
        with pytest.raises(stripe.APIError) as broken:
            transfer(api, stage)
        assert broken.value.http_status == 500
    assert broken.value.headers["Idempotent-Replayed"] == "true"
    assert moved(api, stage) == 1


def test_key_in_use_is_tried_again_until_it_is_answered(
    api: StripeApi, bank: Bank, stage: tuple[str, str], monkeypatch
) -> None:
    monkeypatch.setattr(stripe.HTTPClient, "INITIAL_DELAY", 0.5)  # the SDK's own, which the other tests do without
    bank.fault("stripe.transfer.create", "slow:1200")
    trying = StripeApi(bank, retries=5)
    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(transfer, api, stage)
        while not seen(bank):
            pass
        with pytest.raises(stripe.APIError) as conflict:
            transfer(StripeApi(bank), stage)
        second = pool.submit(transfer, trying, stage)

    assert (conflict.value.http_status, conflict.value.error.code) == (409, "idempotency_key_in_use")
    assert conflict.value.headers["Stripe-Should-Retry"] == "true"
    assert first.result().id == second.result().id
    assert moved(api, stage) == 1


def test_same_key_with_another_amount_is_refused(api: StripeApi, stage: tuple[str, str]) -> None:
    transfer(api, stage)
    with pytest.raises(stripe.IdempotencyError) as refusal:
        transfer(api, stage, amount=1_001)
    assert refusal.value.http_status == 400
    assert moved(api, stage) == 1


def test_more_than_the_balance_and_unknown_parameters_move_nothing(api: StripeApi, stage: tuple[str, str]) -> None:
    _, account = stage
    with pytest.raises(stripe.InvalidRequestError) as refusal:
        api.v1.transfers.create({"amount": 1_000, "currency": "usd", "destination": account})
    assert refusal.value.code == "balance_insufficient"
    with pytest.raises(stripe.InvalidRequestError) as refusal:
        transfer(api, stage, colour="red")
    assert (refusal.value.code, refusal.value.param) == ("parameter_unknown", "colour")
    assert moved(api, stage) == 0


def test_refusal_is_kept_under_its_key_and_a_wrong_shape_is_not(api: StripeApi, bank: Bank) -> None:
    charge, account = api.charge().id, api.account(onboarded=False)
    stage = charge, account
    with pytest.raises(stripe.InvalidRequestError):
        transfer(api, stage)
    bank.onboard(account)
    with pytest.raises(stripe.InvalidRequestError) as refusal:
        transfer(api, stage)
    assert refusal.value.code == "insufficient_capabilities_for_transfer"
    assert refusal.value.headers["Idempotent-Replayed"] == "true"

    with pytest.raises(stripe.InvalidRequestError):
        transfer(api, stage, amount="x", key="release-2")
    assert transfer(api, stage, key="release-2").amount == 1_000
    assert moved(api, stage) == 1


def test_key_is_forgotten_after_a_day_of_the_banks_clock(api: StripeApi, bank: Bank, stage: tuple[str, str]) -> None:
    first = transfer(api, stage)
    bank.advance(24 * 3600 - 60)
    assert transfer(api, stage).id == first.id
    bank.advance(120)
    assert transfer(api, stage).id != first.id
    assert moved(api, stage) == 2


def test_one_key_twenty_times_at_once_moves_once(api: StripeApi, bank: Bank, stage: tuple[str, str]) -> None:
    def once(_: int) -> str:
        try:
            return transfer(StripeApi(bank), stage).id
        except stripe.APIError as error:
            return error.error.code

    with ThreadPoolExecutor(20) as pool:
        answers = set(pool.map(once, range(20)))
    assert len(answers - {"idempotency_key_in_use"}) == 1
    assert moved(api, stage) == 1


def test_twenty_transfers_that_race_for_the_same_balance_never_overdraw_it(api: StripeApi, bank: Bank) -> None:
    account = api.account()
    api.charge()
    bank.advance(bank.available_seconds + 1)

    def grab(_: int) -> str:
        try:
            return StripeApi(bank).transfer(account, 10_000).object
        except stripe.InvalidRequestError as refusal:
            return refusal.code

    with ThreadPoolExecutor(20) as pool:
        assert Counter(pool.map(grab, range(20))) == {"transfer": 9, "balance_insufficient": 11}
    assert api.balance() == (7_070, 0)


def test_v2_goes_on_after_a_failure_instead_of_repeating_it(api: StripeApi, bank: Bank) -> None:
    for plan in ("error_500_during", "error_500_after"):
        bank.fault("stripe.account.create", plan)
        with pytest.raises(stripe.APIError):
            api.accounts.create({"display_name": plan}, {"idempotency_key": plan})
        made = api.accounts.create({"display_name": plan}, {"idempotency_key": plan})
        again = api.accounts.create({"display_name": plan}, {"idempotency_key": plan})
        assert made.id == again.id
    with bank.connect() as connection:
        assert connection.execute("SELECT count(*) FROM standin_connectedaccount").fetchone() == (2,)
    with pytest.raises(stripe.IdempotencyError):
        api.accounts.create({"display_name": "other"}, {"idempotency_key": "error_500_after"})


@pytest.mark.parametrize("plan", ["error_500_before", "drop_before", "rate_limit_429:1"])
def test_reading_breaks_as_planned_and_works_again(api: StripeApi, bank: Bank, plan: str) -> None:
    charge = api.charge()
    bank.fault("stripe.charge.get", plan)
    with pytest.raises((stripe.APIError, stripe.APIConnectionError, stripe.RateLimitError)):
        api.v1.charges.retrieve(charge.id)
    assert api.v1.charges.retrieve(charge.id).id == charge.id


def test_fault_of_all_of_stripe_leaves_the_test_bank_alone(api: StripeApi, bank: Bank) -> None:
    bank.fault("stripe", "refuse_connect", count=0)
    with pytest.raises(stripe.APIError):
        api.v1.balance.retrieve()
    assert bank.get("/api/balance").status_code == 200
