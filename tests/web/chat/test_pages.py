"""The inbox of conversations, one of them, and the same inside a contract's room; without script and with htmx."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from marketplace.chat.models import Conversation
from marketplace.chat.selectors import list_conversations, read_by_others
from marketplace.compliance.models import Report
from marketplace.core import clock
from marketplace.core.actor import Role
from tests.db.chat.conftest import anchor, merchant, talk
from tests.factories.deals import verify
from tests.factories.funded import signed
from tests.factories.people import make_member, make_owner
from tests.factories.talks import conversation, say
from tests.support.relay import relay_all
from tests.web.media.conftest import plain_static, signed_in

__all__ = ["anchor", "merchant", "plain_static", "talk"]
HTMX = {"HX-Request": "true"}
HOSTILE = '<script>alert(1)</script> {{ 7*7 }} "quoted" https://example.com/?a=1&b=2 javascript:alert(1)'


def address(talk: Conversation, name: str = "conversation") -> str:
    return reverse(name, args=[talk.public_id])


def typed(page: str) -> dict[str, str]:
    """The form as a browser would send it."""
    return {"client_id": re.search(r'name="client_id" value="(\w+)"', page).group(1)}


def test_an_inbox_without_a_word_says_what_comes_there(merchant, talk):
    assert "Nobody has written yet" in signed_in(merchant).get("/messages/").content.decode()


def test_it_lists_who_said_what_last_and_how_much_is_unread(merchant, anchor, talk):
    say(anchor, talk, "Shall I brew it twice?")
    say(anchor, talk, "Or three times?")
    page = signed_in(merchant).get("/messages/").content.decode()
    assert "Or three times?" in page
    assert "2 unread" in page
    signed_in(merchant).get(address(talk))
    assert "unread" not in signed_in(merchant).get("/messages/").content.decode().split("<main")[1]


def test_it_pages(merchant, anchor):
    for number in range(21):
        say((merchant, anchor)[number % 2], conversation(merchant, anchor, title=f"Deal {number}"), "Hello")
    client = signed_in(merchant)
    first = client.get("/messages/").content.decode()
    assert "Deal 20" in first
    assert "Deal 0<" not in first
    older = client.get("/messages/" + re.search(r'href="(\?after=[^"]+)"', first).group(1)).content.decode()
    assert "Deal 0<" in older


def test_it_is_written_without_a_line_of_script(merchant, anchor, talk):
    client = signed_in(merchant)
    page = client.get(address(talk)).content.decode()
    assert "Nothing has been said yet." in page
    for _click in range(2):
        answer = client.post(address(talk), {"text": "Hello there", **typed(page)})
        assert (answer.status_code, answer["Location"]) == (302, address(talk))
    assert [one.text for one in talk.messages.all()] == ["Hello there"]
    assert client.get(address(talk)).content.decode().count("Hello there") == 1
    page = signed_in(anchor).get(address(talk)).content.decode()
    assert "Hello there" in page
    assert read_by_others(talk, merchant.party.pk) == 1
    assert "· Read by everybody" in client.get(address(talk)).content.decode()


def test_htmx_gets_the_words_and_a_fresh_form(merchant, talk):
    client = signed_in(merchant)
    page = client.get(address(talk)).content.decode()
    answer = client.post(address(talk), {"text": "Hello there", **typed(page)}, headers=HTMX)
    body = answer.content.decode()
    assert answer.status_code == 200
    assert body.strip().startswith("<section")
    assert "Hello there" in body
    assert typed(body) != typed(page)
    log = client.get(address(talk, "conversation-log")).content.decode()
    assert "Hello there" in log
    assert "<form" not in log


@pytest.mark.parametrize("text", ["", "  ", "x" * 4_001])
def test_what_cannot_be_sent_stays_in_the_form(merchant, talk, text):
    answer = signed_in(merchant).post(address(talk), {"text": text, "client_id": "a"})
    assert answer.status_code == 422
    assert text.strip() in answer.content.decode()
    assert talk.messages.count() == 0


def test_the_limit_is_said_and_nothing_typed_is_lost(merchant, talk):
    with time_machine.travel(clock.now(), tick=False):
        for number in range(20):
            say(merchant, talk, f"{number}")
        answer = signed_in(merchant).post(address(talk), {"text": "The long one", "client_id": "a"})
    assert answer.status_code == 429
    assert "20 messages in a minute" in answer.content.decode()
    assert "The long one</textarea>" in answer.content.decode()
    assert talk.messages.count() == 20


def test_whatever_is_typed_is_shown_literally(merchant, anchor, talk):
    say(merchant, talk, HOSTILE)
    page = signed_in(anchor).get(address(talk)).content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; {{ 7*7 }}" in page
    assert '<a href="https://example.com/?a=1&amp;b=2" rel="nofollow">' in page
    assert 'href="javascript' not in page


def test_a_long_conversation_is_read_backwards(merchant, anchor, talk):
    at = clock.now() - timedelta(hours=3)
    for number in range(1, 61):
        with time_machine.travel(at + timedelta(seconds=4 * number), tick=False):
            say(merchant, talk, f"Word {number}.")
    client = signed_in(anchor)
    page = client.get(address(talk)).content.decode()
    assert "Word 11." in page
    assert "Word 10." not in page
    earlier = client.get(address(talk) + "?before=11").content.decode()
    assert "Word 1." in earlier
    assert "Word 11." not in earlier
    assert "Earlier messages" not in earlier
    assert read_by_others(talk, merchant.party.pk) == 60


def test_a_reader_has_no_form_and_a_stranger_no_page(merchant, talk):
    viewer, stranger = make_member(merchant.party, Role.VIEWER), make_owner("brand", "Other Tea")
    page = signed_in(viewer).get(address(talk)).content.decode()
    assert "<textarea" not in page
    assert signed_in(viewer).post(address(talk), {"text": "Hi", "client_id": "a"}).status_code == 403
    for name in ("conversation", "conversation-log"):
        assert signed_in(stranger).get(address(talk, name)).status_code == 404
        assert Client().get(address(talk, name)).status_code == 302
    assert signed_in(stranger).post(address(talk), {"text": "Hi", "client_id": "a"}).status_code == 404
    assert talk.messages.count() == 0


def test_it_stands_in_the_room_of_its_contract(merchant, anchor):
    verify(anchor.party, "anchor")
    contract = signed(merchant, anchor)
    relay_all()
    say(merchant, Conversation.objects.get(subject=contract.public_id), "See you on Monday")
    room = signed_in(anchor).get(reverse("contract", args=[contract.public_id])).content.decode()
    assert "See you on Monday" in room
    assert 'href="#chat"' in room
    assert list_conversations(anchor.actor).get().unread == 0


def test_what_another_party_wrote_can_be_reported_by_who_takes_part(merchant, anchor, talk):
    message = say(anchor, talk, "Pay me outside")
    address_of_report = reverse("report", args=["message", message.public_id])
    assert address_of_report in signed_in(merchant).get(address(talk)).content.decode()
    assert address_of_report not in signed_in(anchor).get(address(talk)).content.decode()
    assert signed_in(make_owner("brand", "Other Tea")).get(address_of_report).status_code == 404
    given = {"reason": "fraud", "words": "Outside."}
    assert signed_in(merchant).post(address_of_report, given).status_code == 302
    report = Report.objects.get()
    assert (report.party, report.snapshot["text"]) == (anchor.party, "Pay me outside")
