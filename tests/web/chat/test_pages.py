"""The inbox of conversations, one of them, and the same inside a contract's room; without script and with htmx."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from marketplace.chat.models import About, Conversation
from marketplace.chat.selectors.conversations import list_conversations
from marketplace.chat.selectors.messages import read_by_others
from marketplace.chat.services.messages import react
from marketplace.compliance.models import Report
from marketplace.core import clock
from marketplace.core.actor import Role
from marketplace.media.selectors import files_of
from tests.db.chat.conftest import anchor, merchant, talk
from tests.factories.deals import verify
from tests.factories.funded import signed, work_file
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
    assert "2 unread" not in signed_in(merchant).get("/messages/").content.decode()


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
    assert read_by_others(talk, merchant.party.pk)[1] == 1
    assert "Read by everybody" in client.get(address(talk)).content.decode()


def test_a_script_sends_and_asks_for_the_gap(merchant, anchor, talk):
    client = signed_in(merchant)
    page = client.get(address(talk)).content.decode()
    assert client.post(address(talk), {"text": "Hello there", **typed(page)}, headers=HTMX).status_code == 204
    say(anchor, talk, "Good morning")
    log = client.get(address(talk, "conversation-log"), {"since": 1})
    assert (log["X-Last"], "X-More" in log) == ("2", False)
    assert "Good morning" in log.content.decode()
    assert "Hello there" not in log.content.decode()
    assert "<form" not in client.get(address(talk, "conversation-log"), {"since": 2}).content.decode()


def test_a_script_gets_the_bar_with_what_is_wrong_and_what_was_typed(merchant, talk):
    answer = signed_in(merchant).post(address(talk), {"text": "x" * 4_001, "client_id": "a"}, headers=HTMX)
    assert answer.status_code == 422
    body = answer.content.decode()
    assert body.strip().startswith("<form")
    assert "x" * 4_001 in body


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
    assert read_by_others(talk, merchant.party.pk)[1] == 60


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
    acts = reverse("message", args=[talk.public_id, message.public_id])
    assert acts in signed_in(merchant).get(address(talk)).content.decode()
    assert address_of_report in signed_in(merchant).get(acts).content.decode()
    assert address_of_report not in signed_in(anchor).get(acts).content.decode()
    assert signed_in(make_owner("brand", "Other Tea")).get(address_of_report).status_code == 404
    given = {"reason": "fraud", "words": "Outside."}
    assert signed_in(merchant).post(address_of_report, given).status_code == 302
    report = Report.objects.get()
    assert (report.party, report.snapshot["text"]) == (anchor.party, "Pay me outside")


def test_a_message_is_altered_reacted_to_and_deleted_without_a_line_of_script(merchant, anchor, talk):
    message = say(merchant, talk, "On Tuesday")
    client, acts = signed_in(merchant), reverse("message", args=[talk.public_id, message.public_id])
    page = client.get(f"{address(talk)}?edit={message.public_id}").content.decode()
    assert ">On Tuesday</textarea>" in page.replace("\n", "")
    given = {"text": "On Friday", "edits": message.public_id, **typed(page)}
    assert client.post(address(talk), given).status_code == 302
    assert signed_in(anchor).post(acts, {"act": "react", "reaction": "cheers"}).status_code == 302
    page = client.get(address(talk)).content.decode()
    assert "On Friday" in page
    assert "edited" in page
    assert "On Tuesday" not in page
    assert 'aria-pressed="false"' in page
    assert signed_in(anchor).post(acts, {"act": "delete"}).status_code == 403
    assert client.post(acts, {"act": "delete"}).status_code == 302
    page = client.get(address(talk)).content.decode()
    assert "This message was deleted." in page
    assert "On Friday" not in page
    assert client.post(acts, {"act": "dance"}).status_code == 404


def test_an_answer_shows_what_it_answers(merchant, anchor, talk):
    message = say(merchant, talk, "When?")
    client = signed_in(anchor)
    page = client.get(f"{address(talk)}?reply={message.public_id}").content.decode()
    assert f'value="{message.public_id}"' in page
    client.post(address(talk), {"text": "At eight", "reply_to": message.public_id, **typed(page)})
    assert "<blockquote" in client.get(address(talk)).content.decode()
    assert talk.messages.get(seq=2).reply_to == message


def test_a_message_under_the_address_of_another_conversation_is_not_there(merchant, anchor, talk):
    other = say(merchant, conversation(merchant, anchor), "Elsewhere")
    client = signed_in(merchant)
    assert client.get(reverse("message", args=[talk.public_id, other.public_id])).status_code == 404
    for what in ("reply", "edit"):
        assert client.get(f"{address(talk)}?{what}={other.public_id}").status_code == 404
    assert signed_in(anchor).get(f"{address(talk)}?edit={say(merchant, talk, 'Hi').public_id}").status_code == 403


def test_contact_details_are_asked_about_once_and_what_was_typed_stays(merchant, anchor):
    talk = conversation(merchant, anchor, about=About.APPLICATION)
    client = signed_in(anchor)
    given = {"text": "Call +44 20 7946 0958", "client_id": "a"}
    answer = client.post(address(talk), given)
    page = answer.content.decode()
    assert (answer.status_code, talk.messages.count()) == (422, 0)
    assert "This looks like contact details" in page
    assert 'name="anyway"' in page
    assert "Call +44 20 7946 0958</textarea>" in page
    assert client.post(address(talk), given | {"anyway": "on"}).status_code == 302
    assert talk.messages.get().warned


def test_files_go_with_a_message_and_are_fetched_by_who_reads_it(merchant, anchor, talk):
    asset = work_file(anchor)
    client = signed_in(anchor)
    answer = client.post(address(talk), {"text": "", "files": [asset.public_id], "client_id": "a"})
    assert answer.status_code == 302
    [message] = talk.messages.all()
    link = reverse("media-file", args=[asset.public_id])
    assert link in signed_in(merchant).get(address(talk)).content.decode()
    assert files_of(make_owner("brand", "Other Tea").actor, [asset.public_id]) == {}
    assert not files_of(merchant.actor, [asset.public_id])[asset.public_id].draft
    client.post(reverse("message", args=[talk.public_id, message.public_id]), {"act": "delete"})
    assert files_of(merchant.actor, [asset.public_id]) == {}
    stolen = client.post(address(talk), {"text": "", "files": [work_file(merchant).public_id], "client_id": "b"})
    assert stolen.status_code == 404


def test_wishes_and_the_list_of_who_is_blocked(merchant, anchor):
    talk = conversation(merchant, anchor, about=About.TASK)
    say(anchor, talk, "Hello")
    client, mute = signed_in(merchant), address(talk, "conversation-mute")
    client.post(mute, {"mute": "yes"})
    assert "Muted" in client.get("/messages/").content.decode()
    client.post(mute, {"mute": "no"})
    assert "Muted" not in client.get("/messages/").content.decode()
    client.post(address(talk, "conversation-block"))
    page = client.get(address(talk)).content.decode()
    assert "has blocked the other one" in page
    assert "<textarea" not in page
    assert signed_in(anchor).post(address(talk), {"text": "Hi", "client_id": "a"}).status_code == 403
    assert "Xia Wei" in client.get(reverse("blocks")).content.decode()
    assert client.post(reverse("blocks"), {"party": anchor.party.public_id}).status_code == 302
    assert "Nobody is blocked" in client.get(reverse("blocks")).content.decode()


def test_messages_are_searched_and_filters_stand_in_the_address(merchant, anchor, talk):
    say(anchor, talk, "明天直播秋茶")
    say(merchant, conversation(merchant, anchor, title="A question", about=About.TASK), "Is it organic?")
    client = signed_in(merchant)
    found = client.get("/messages/", {"q": "秋茶"}).content.decode()
    assert "明天直播秋茶" in found
    assert f"#{talk.messages.get().public_id}" in found
    assert "No message says this" in client.get("/messages/", {"q": "porcelain"}).content.decode()
    tasks = client.get("/messages/", {"about": "task"}).content.decode()
    assert "A question" in tasks
    assert "Autumn oolong" not in tasks
    assert "No conversation meets this" in client.get("/messages/", {"about": "application"}).content.decode()
    unread = client.get("/messages/", {"unread": "1"}).content.decode()
    assert "Autumn oolong" in unread
    assert "A question" not in unread


def test_what_arrived_is_said_under_it_and_the_header_counts(merchant, anchor, talk):
    say(merchant, talk, "Hello")
    sender, reader = signed_in(merchant), signed_in(anchor)
    assert ">Sent</p>" in sender.get(address(talk)).content.decode()
    assert "Messages, 1 unread" in reader.get("/settings/").content.decode()
    assert reader.post(reverse("messages-arrived")).json() == {"messages": 1}
    assert ">Delivered</p>" in sender.get(address(talk)).content.decode()
    reader.get(address(talk))
    assert "Messages, 1 unread" not in reader.get("/settings/").content.decode()


def test_names_stand_out_and_addresses_are_left_alone(merchant, anchor, talk):
    say(merchant, talk, "@Mei Chen, see https://example.com/@Mei Chen <b>@Mei Chen</b>")
    page = signed_in(anchor).get(address(talk)).content.decode()
    assert '<b>@Mei Chen</b>, see <a href="https://example.com/@Mei" rel="nofollow">' in page
    assert "&lt;b&gt;<b>@Mei Chen</b>&lt;/b&gt;" in page


def test_a_conversation_costs_the_same_however_much_is_said_in_it(merchant, anchor, talk, django_assert_num_queries):
    client = signed_in(anchor)
    say(merchant, talk, "Hello")
    say(anchor, talk, "Good morning")
    client.get(address(talk))
    with CaptureQueriesContext(connection) as few:
        client.get(address(talk))
    asked = len(few)
    for number in range(8):
        message = say(anchor, talk, f"Answer {number}", reply_to=talk.messages.last().public_id)
        react(actor=merchant.actor, public_id=message.public_id, reaction="agreed", on=True)
    client.get(address(talk))
    with django_assert_num_queries(asked):
        client.get(address(talk))
