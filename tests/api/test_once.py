"""The same request under the same key has its effect once, and the same answer while it is kept."""

import pytest

from marketplace.campaigns.models import SavedSearch, VTask
from marketplace.core.models import Event, IdempotentRequest
from tests.factories.market import make_market
from tests.factories.programs import program
from tests.support.races import race
from tests.web.conftest import rolled_back

KEY = {"Idempotency_Key": "5a1f"}


@pytest.fixture
def merchant(market):
    with rolled_back():
        yield program(market.people["merchant"])


def test_a_replay_is_the_same_answer_and_nothing_more(merchant):
    first = merchant.post("tasks", {"title": "Tea", "seats": 2}, **KEY)
    before = Event.objects.count()
    again = merchant.post("tasks", {"seats": 2, "title": "Tea"}, **KEY)
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.content == again.content
    assert (first.get("Idempotency-Replayed"), again["Idempotency-Replayed"]) == (None, "true")
    assert VTask.objects.filter(title="Tea").count() == 1
    assert Event.objects.count() == before


def test_what_has_happened_since_does_not_change_the_answer(merchant, market):
    path = f"tasks/{market.ids['open_task']}"
    first = merchant.post(f"{path}/pause", **KEY)
    merchant.post(f"{path}/resume")
    again = merchant.post(f"{path}/pause", **KEY)
    assert first.content == again.content
    assert again.json()["state"] == "paused"
    assert merchant.get(path).json()["state"] == "open"


@pytest.mark.parametrize(("path", "body"), [("tasks", {"title": "Other"}), ("saved-searches", {"title": "Tea"})])
def test_another_request_under_the_key_is_refused(merchant, path, body):
    merchant.post("tasks", {"title": "Tea"}, **KEY)
    before = Event.objects.count(), SavedSearch.objects.count()
    body = body if path == "tasks" else {"name": "Tea", "filters": {"q": "tea"}}
    response = merchant.post(path, body, **KEY)
    assert (response.status_code, response.json()["code"]) == (409, "idempotency_key_reused")
    assert (Event.objects.count(), SavedSearch.objects.count()) == before


def test_keys_of_others_are_their_own(market):
    with rolled_back():
        one, other = program(market.people["merchant"]), program(market.people["other_merchant"])
        ids = {who.post("tasks", {"title": "Tea"}, **KEY).json()["id"] for who in (one, other)}
        assert len(ids) == 2


def test_a_refusal_uses_no_key_up(merchant):
    task = merchant.post("tasks", {"title": "Tea"}).json()["id"]
    assert merchant.post(f"tasks/{task}/resume", **KEY).status_code == 409
    assert not IdempotentRequest.objects.filter(key="5a1f").exists()
    assert merchant.post(f"tasks/{task}/duplicate", **KEY).status_code == 201


@pytest.mark.parametrize("key", ["", "x" * 101, "with space", "schlüssel"])
def test_a_key_that_is_none_is_refused(merchant, key):
    response = merchant.post("tasks", {}, Idempotency_Key=key)
    assert (response.status_code, response.json()["code"]) == (400, "invalid_idempotency_key")


def test_two_at_once_have_one_effect_and_one_answer(committed_db):
    market = make_market()
    who = program(market.people["merchant"])
    path = f"tasks/{market.ids['open_task']}/duplicate"
    before = VTask.objects.count()
    answers = race(*[lambda: who.post(path, **KEY)] * 4)
    assert [one.status_code for one in answers] == [201] * 4
    assert len({one.content for one in answers}) == 1
    assert sorted(one.get("Idempotency-Replayed", "") for one in answers) == ["", "true", "true", "true"]
    assert VTask.objects.count() == before + 1
