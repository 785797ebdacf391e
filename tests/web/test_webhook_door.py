"""Who may knock where the bank knocks: whoever signs with one of our secrets, now, and nobody else."""

import hashlib
import hmac
import json

import pytest
from django.test import Client

from marketplace.core import clock
from marketplace.core.models import Event
from marketplace.payments.models import InboxEvent
from tests.web.conftest import rolled_back

SECRETS = ["the-old-secret", "the-new-secret"]
BODY = json.dumps({"id": "evt_1", "type": "checkout.paid", "object": {"object": "checkout", "id": "chk_1"}}).encode()


@pytest.fixture(autouse=True)
def secrets_in_rotation(settings):
    settings.STANDIN_WEBHOOK_SECRETS = SECRETS


def signed(body: bytes = BODY, secret: str = SECRETS[0], age: int = 0) -> str:
    stamp = int(clock.now().timestamp()) - age
    return f"t={stamp},v1={hmac.new(secret.encode(), f'{stamp}.'.encode() + body, hashlib.sha256).hexdigest()}"


def knock(signature: str | None, body: bytes = BODY, content_type: str = "application/json"):
    headers = {} if signature is None else {"mooring-bank-signature": signature}
    client = Client(enforce_csrf_checks=True)
    return client.generic("POST", "/webhooks/test-bank/", body, content_type, headers=headers)


@pytest.mark.parametrize("secret", SECRETS)
def test_both_secrets_of_a_rotation_open_it(world, secret):
    with rolled_back():
        assert knock(signed(secret=secret)).status_code == 200
        assert InboxEvent.objects.get().event_id == "evt_1"


def refused() -> dict[str, str | None]:
    right = signed()
    return {
        "none": None,
        "empty": "",
        "nonsense": "v1=abc",
        "no stamp": right.partition(",")[2],
        "no signature": right.partition(",")[0],
        "another's secret": signed(secret="somebody-elses"),
        "an empty secret": signed(secret=""),
        "another body": signed(BODY + b" "),
        "too old": signed(age=301),
        "from the future": signed(age=-302),
        "another stamp": right.replace("t=", "t=1"),
        "two stamps": f"t=1,{right}",
        "not ascii": right.replace("v1=", "v1=é"),
        "huge stamp": "t=" + "9" * 400 + ",v1=0",
    }


@pytest.mark.parametrize("case", refused())
def test_everything_else_is_refused_and_leaves_nothing(world, case):
    with rolled_back():
        before = Event.objects.count()
        assert knock(refused()[case]).status_code == 400
        assert not InboxEvent.objects.exists()
        assert Event.objects.count() == before


@pytest.mark.parametrize("body", [b"", b"[]", b"null", b'"text"', b"{}", b"\xff\xfe", b"[" * 10_000, b"{" * 10_000])
def test_what_is_signed_and_makes_no_sense_is_refused(world, body):
    with rolled_back():
        assert knock(signed(body), body).status_code == 400
        assert not InboxEvent.objects.exists()


@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "text/plain"])
def test_the_signature_decides_and_not_what_the_body_is_called(world, kind):
    with rolled_back():
        assert knock(signed(), content_type=kind).status_code == 200
        assert knock("t=1,v1=2", content_type=kind).status_code == 400


def test_the_same_event_again_changes_nothing(world):
    with rolled_back():
        signature = signed()
        assert knock(signature).status_code == 200
        events = Event.objects.count()
        assert [knock(signature).status_code for _ in range(3)] == [200] * 3
        assert knock(signed(secret=SECRETS[1])).status_code == 200
        assert InboxEvent.objects.count() == 1
        assert Event.objects.count() == events


def test_five_megabytes_are_turned_away_unread(world):
    body = b" " * (5 * 1024 * 1024)
    with rolled_back():
        assert knock(signed(body), body).status_code == 413
        assert knock(None, body).status_code == 413
        assert not InboxEvent.objects.exists()


def test_only_post_is_answered(world):
    assert {Client().generic(method, "/webhooks/test-bank/").status_code for method in ("GET", "PUT", "DELETE")} == {
        405
    }
