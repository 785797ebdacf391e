"""The page of a contract's reviews, and the profiles on which they stand."""

import pytest
from django.urls import reverse

from marketplace.contracts.models import Contract
from tests.db.contracts.test_reviews import anchor, ended, merchant
from tests.factories.people import Person, make_owner
from tests.web.media.conftest import plain_static, signed_in

__all__ = ["anchor", "ended", "merchant", "plain_static"]
HOSTILE = "<script>alert(1)</script> {{ 7*7 }}"


def address(contract: Contract) -> str:
    return reverse("review", args=[contract.public_id])


def send(person: Person, contract: Contract, **given: str):
    body = {"act": "write", "substance": "5", "time": "4", "manner": "5", "words": HOSTILE} | given
    return signed_in(person).post(address(contract), body)


def test_both_write_and_read_and_answer_and_the_profile_shows_it(merchant, anchor, ended):
    room = signed_in(anchor).get(reverse("contract", args=[ended.public_id])).content.decode()
    assert f'href="{address(ended)}"' in room
    assert send(anchor, ended).status_code == 302
    page = signed_in(merchant).get(address(ended)).content.decode()
    assert "alert(1)" not in page
    assert send(merchant, ended).status_code == 302
    page = signed_in(merchant).get(address(ended)).content.decode()
    assert "&lt;script&gt;alert(1)&lt;/script&gt; {{ 7*7 }}" in page
    assert signed_in(merchant).post(address(ended), {"act": "answer", "answer": "Thank you"}).status_code == 302
    profile = signed_in(anchor).get(reverse("brand", args=[merchant.party.public_id])).content.decode()
    for words in ("1 review", "Thank you", "&lt;script&gt;", "/report/review/"):
        assert words in profile


@pytest.mark.parametrize("given", [{"words": ""}, {"time": "6"}, {"manner": ""}, {"words": "x" * 2001}])
def test_what_is_missing_is_said_and_nothing_typed_is_lost(merchant, ended, given):
    answer = send(merchant, ended, **given)
    assert answer.status_code == 422
    assert ended.reviews.filter(state="open").count() == 2
    if "words" not in given:
        assert "&lt;script&gt;alert(1)" in answer.content.decode()


def test_a_stranger_and_a_contract_without_reviews_have_no_page(merchant, anchor, ended):
    assert signed_in(make_owner("brand", "Other Tea")).get(address(ended)).status_code == 404
    ended.reviews.all().delete()
    assert signed_in(merchant).get(address(ended)).status_code == 404
    assert send(merchant, ended).status_code == 404
