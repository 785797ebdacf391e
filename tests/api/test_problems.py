"""Every refusal is a problem document, whatever went wrong and wherever."""

import json
import secrets
from datetime import datetime, timedelta

import pytest
import time_machine
from django.db import OperationalError
from django.test import Client, override_settings

from marketplace.core import clock
from tests.factories.market import Market
from tests.factories.programs import API, Program, program
from tests.web.conftest import rolled_back


@pytest.fixture
def merchant(market: Market):
    with rolled_back():
        yield program(market.people["merchant"])


def a_minute_of_its_own() -> datetime:
    """Other tests ask from the same address in this minute, and Valkey counts them all."""
    return clock.now() + timedelta(minutes=secrets.randbelow(500_000))


def problem(response, status: int, code: str) -> dict:
    assert response.status_code == status, response.content
    assert response["Content-Type"] == "application/problem+json"
    assert response["Cache-Control"] == "no-store"
    body = response.json()
    assert (body["status"], body["code"], body["type"]) == (status, code, f"/api/docs/#{code}")
    assert body["title"]
    assert body["detail"]
    assert body["request_id"] == response["X-Request-Id"]
    return body


def raw(who: Program, path: str, body: bytes, kind: str = "application/json", method: str = "POST", **headers):
    given = {"authorization": f"Bearer {who.secret}"} | headers
    return Client(raise_request_exception=False).generic(
        method, API + path, data=body, content_type=kind, headers=given
    )


@pytest.mark.parametrize("path", ["nowhere", "tasks/", "tasks/vtk_1", "tasks/" + "0" * 30, "me/..", ""])
def test_an_address_that_leads_nowhere(merchant, path):
    problem(merchant.get(path), 404, "not_found")
    problem(Program().get(path), 404, "not_found")


def test_another_method(merchant):
    for method in ("DELETE", "OPTIONS", "TRACE", "PUT"):
        response = merchant.ask("tasks", method)
        problem(response, 405, "method_not_allowed")
        assert response["Allow"] == "GET, HEAD, POST"


def test_head_is_get_without_a_body(merchant):
    response = merchant.ask("tasks", "HEAD")
    assert (response.status_code, response.content) == (200, b"")


def test_another_form_of_answer_or_body(merchant):
    problem(merchant.get("me", accept="text/html"), 406, "not_acceptable")
    for kind in (
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "application/xml",
    ):
        problem(raw(merchant, "tasks", b"title=Tea", kind), 415, "unsupported_media_type")


@pytest.mark.parametrize(
    "body", [b"{", b'{"title": NaN}', b"\xff\xfe", b"[" * 100_000, b'{"a":' * 20 + b"1" + b"}" * 20]
)
def test_malformed_and_deep_bodies(merchant, body):
    problem(raw(merchant, "tasks", body), 400, "malformed")


def test_huge_bodies_and_numbers(merchant):
    problem(raw(merchant, "tasks", b'{"title": "' + b"x" * 300_000 + b'"}'), 413, "too_large")
    for number in (b"9" * 4000, b"1e999", b"-1", b"1.5", b'"2"', b"true"):
        found = problem(raw(merchant, "tasks", b'{"seats": ' + number + b"}"), 422, "invalid")
        assert [one["field"] for one in found["errors"]] == ["seats"]
    problem(raw(merchant, "tasks", b'{"seats": ' + b"9" * 5000 + b"}"), 400, "malformed")


@pytest.mark.parametrize("body", [b"[]", b'"x"', b"1", b"null"])
def test_a_body_that_is_no_object(merchant, body):
    problem(raw(merchant, "tasks", body), 422, "invalid")


def test_each_field_is_named_with_what_is_wrong(merchant):
    body = {
        "title": "x" * 81,
        "form": "opera",
        "deliverables": [{"kind": "video", "due_on": "2026-02-30"}],
        "nul": "\0",
    }
    found = problem(merchant.post("tasks", body), 422, "invalid")
    assert [(one["field"], one["code"]) for one in found["errors"]] == [("nul", "unknown_field")]
    del body["nul"]
    found = problem(merchant.post("tasks", body), 422, "invalid")
    assert {(one["field"], one["code"]) for one in found["errors"]} == {
        ("title", "max_length"),
        ("form", "invalid_choice"),
        ("deliverables.0.title", "required"),
        ("deliverables.0.due_on", "invalid"),
        ("deliverables.0.share_bp", "required"),
    }


@pytest.mark.parametrize("text", ["nul \0", "lone \ud800"])
def test_text_that_no_database_keeps(merchant, text):
    found = problem(merchant.post("tasks", {"title": text}), 422, "invalid")
    assert found["errors"][0]["field"] == "title"


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("colour=red", "colour"),
        ("category=opera", "category.0"),
        ("sort=random", "sort"),
        ("sort=fee&sort=newest", "sort"),
        ("limit=0", "limit"),
        ("limit=101", "limit"),
        ("limit=1_0", "limit"),
        ("limit=-1", "limit"),
        ("q=%00", "q"),
        ("funded=1", "funded"),
        ("publish_from=20260101", "publish_from"),
    ],
)
def test_a_query_is_as_strict_as_a_body(merchant, query, field):
    found = problem(merchant.get(f"tasks?{query}"), 422, "invalid")
    assert [one["field"] for one in found["errors"]] == [field]


def test_a_refusal_of_the_domain_says_what_is_missing(merchant, market):
    draft = merchant.post("tasks", {"title": "Tea"}).json()["id"]
    found = problem(merchant.post(f"tasks/{draft}/submit"), 422, "task_incomplete")
    assert {"field": "dates", "code": "apply_by_missing", "detail": "Say until when anchors can apply."} in found[
        "errors"
    ]
    problem(merchant.patch(f"tasks/{market.ids['open_task']}", {"title": "Other"}), 409, "terms_are_fixed")
    problem(merchant.post(f"tasks/{draft}/resume"), 409, "illegal_transition")


def test_the_sentence_is_in_the_language_of_the_request(market):
    response = Program(language="zh-hans").get("nowhere")
    assert problem(response, 404, "not_found")["detail"] == "没有找到。"
    assert response["Content-Language"] == "zh-hans"


@override_settings(API_LIMITS={"read": (3, 60), "write": (1, 60), "refused": (9, 60)})
def test_too_often(market):
    with rolled_back(), time_machine.travel(a_minute_of_its_own(), tick=False):
        who, other = program(market.people["merchant"]), program(market.people["merchant"])
        assert [who.get("me").status_code for _ in range(4)] == [200, 200, 200, 429]
        response = who.get("me")
        problem(response, 429, "too_many")
        assert 1 <= int(response["Retry-After"]) <= 61
        assert who.post("tasks", {}).status_code == 201
        assert who.post("tasks", {}).status_code == 429
        assert other.get("me").status_code == 200


@override_settings(API_LIMITS={"read": (9, 60), "write": (9, 60), "refused": (2, 60)})
def test_an_address_that_guesses_tokens_is_answered_without_a_query(market, django_assert_num_queries):
    with rolled_back(), time_machine.travel(a_minute_of_its_own(), tick=False):
        guesser = Client(REMOTE_ADDR="203.0.113.9", headers={"Authorization": "Bearer mrg_guessed"})
        assert [guesser.get("/api/v1/me").status_code for _ in range(2)] == [401, 401]
        with django_assert_num_queries(0):
            response = guesser.get("/api/v1/me")
        problem(response, 429, "too_many")
        assert 1 <= int(response["Retry-After"]) <= 61
        assert program(market.people["merchant"]).get("me").status_code == 200


@override_settings(
    API_LIMITS={"read": (1, 60), "write": (1, 60), "refused": (1, 60)},
    CACHES={
        "default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"},
        "quick": {"BACKEND": "marketplace.core.cache.TolerantValkeyCache", "LOCATION": "redis://127.0.0.1:9/0"},
    },
)
def test_nobody_is_limited_while_the_counter_is_away(market):
    with rolled_back():
        who = program(market.people["merchant"])
        assert [who.get("me").status_code for _ in range(3)] == [200, 200, 200]


def test_the_database_away(merchant, monkeypatch):
    def away(*_args, **_kwargs):
        raise OperationalError("gone")

    monkeypatch.setattr("marketplace.accounts.api.views.find_membership", away)
    response = merchant.get("me")
    problem(response, 503, "database_away")
    assert response["Retry-After"] == "5"


def test_a_fault_of_ours(merchant, monkeypatch):
    def broken(*_args, **_kwargs):
        raise ZeroDivisionError

    monkeypatch.setattr("marketplace.accounts.api.views.find_membership", broken)
    response = merchant.get("me")
    assert (response.status_code, response.json()["code"]) == (500, "fault")


def test_a_session_works_with_its_csrf_token_and_never_for_money(market):
    with rolled_back():
        client = Client(enforce_csrf_checks=True, raise_request_exception=False)
        client.force_login(market.people["merchant"].user)
        assert client.get(f"{API}me").json()["party"]["name"] == "Chenyu Tea"
        assert client.get(f"{API}own-tasks").json()["data"][0]["own"]["created_at"].endswith("Z")
        response = client.post(f"{API}tasks", data=json.dumps({}), content_type="application/json")
        problem(response, 403, "csrf_failed")
        body = client.get("/settings/person/").content.decode()
        token = body.partition('name="csrfmiddlewaretoken" value="')[2].partition('"')[0]
        response = client.post(
            f"{API}tasks", data=json.dumps({}), content_type="application/json", headers={"x-csrftoken": token}
        )
        assert response.status_code == 201
        reserve = f"{API}tasks/{market.ids['open_task']}/reserve-budget"
        response = client.post(reserve, content_type="application/json", headers={"x-csrftoken": token})
        problem(response, 403, "insufficient_scope")
