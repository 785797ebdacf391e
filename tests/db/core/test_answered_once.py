"""A program's request has its effect, its claim and its answer together, or none of them."""

import pytest

from marketplace.campaigns.models import Campaign
from marketplace.core.errors import KeyReused, Refused
from marketplace.core.idempotency import AnsweredBefore, answered_once
from marketplace.core.models import IdempotentRequest
from marketplace.core.tx import use_case
from tests.factories.people import make_owner

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner():
    return make_owner()


@use_case
def found(*, name: str, party, fails: bool = False) -> Campaign:
    campaign = Campaign.objects.create(name=name, party=party)
    if fails:
        raise Refused("no")
    return campaign


def ask(owner, key: str = "k", *, fails: bool = False, **request: object) -> Campaign:
    once = answered_once(
        actor=owner.actor, operation="test", key=key, request=request, answer=lambda made: (201, made.name)
    )
    with once:
        return found(name=f"Campaign {Campaign.objects.count()}", party=owner.party, fails=fails)


def test_the_same_again_is_answered_and_does_nothing(owner):
    assert ask(owner, a=1).name == "Campaign 0"
    with pytest.raises(AnsweredBefore) as before:
        ask(owner, a=1)
    assert (before.value.status, before.value.answer) == (201, "Campaign 0")
    assert Campaign.objects.count() == 1


def test_another_request_under_the_key_does_nothing(owner):
    ask(owner, a=1)
    with pytest.raises(KeyReused):
        ask(owner, a=2)
    assert Campaign.objects.count() == 1


def test_a_refusal_undoes_the_claim(owner):
    with pytest.raises(Refused):
        ask(owner, a=1, fails=True)
    assert not IdempotentRequest.objects.exists()
    assert not Campaign.objects.exists()
    ask(owner, a=2)
    assert Campaign.objects.count() == 1


def test_what_fails_while_answering_undoes_the_effect(owner):
    once = answered_once(actor=owner.actor, operation="test", key="k", request={}, answer=lambda _made: 1 / 0)
    with pytest.raises(ZeroDivisionError), once:
        found(name="Tea", party=owner.party)
    assert not Campaign.objects.exists()
    assert not IdempotentRequest.objects.exists()


def test_only_the_call_inside_is_claimed(owner):
    ask(owner, a=1)
    found(name="Another", party=owner.party)
    assert IdempotentRequest.objects.count() == 1
