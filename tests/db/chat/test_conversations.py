"""What is said is kept once, in order, for those who take part and nobody else; who does not read is told once."""

from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.db import DatabaseError, connection, transaction

from marketplace.chat.errors import SentAlready, TooManyMessages
from marketplace.chat.models import Conversation, Message, ReadMark
from marketplace.chat.selectors.conversations import conversation_about, get_conversation, list_conversations
from marketplace.chat.selectors.messages import last_words, messages_of, read_by_others
from marketplace.chat.services.messages import A_MINUTE
from marketplace.chat.services.reading import mark_read
from marketplace.chat.steps.waiting import PATIENCE, UNREAD
from marketplace.core import clock
from marketplace.core.actor import Role
from marketplace.core.errors import Forbidden, NotFound
from marketplace.core.models import Timer
from marketplace.core.timers.fire import fire_due
from marketplace.notifications.models import Notice
from tests.factories.deals import drafted
from tests.factories.people import Person, make_member, make_owner
from tests.factories.talks import conversation, open_now, say
from tests.support.races import race
from tests.support.relay import relay_all


def words(talk: Conversation) -> list[tuple[int, str]]:
    return [(one.seq, one.text) for one in messages_of(talk, size=100)]


def unread(person: Person) -> dict[str, int]:
    return dict(list_conversations(person.actor).values_list("public_id", "unread"))


def test_a_contract_has_a_conversation_of_its_sides(merchant, anchor):
    contract = drafted(merchant, anchor)
    relay_all()
    found = conversation_about(anchor.actor, contract.public_id)
    assert (found.title, found.path) == (contract.title, f"/contracts/{contract.public_id}/")
    assert {one.party_id for one in found.participants.all()} == {merchant.party.pk, anchor.party.pk}
    again = open_now(subject=contract.public_id, title="Else", path="/", parties=[merchant.party])
    assert (again, again.participants.count(), again.title) == (found, 2, contract.title)


def test_what_is_said_has_numbers_in_its_order_and_the_latest_comes_first(merchant, anchor, talk):
    other = conversation(merchant, anchor, title="Spring")
    say(merchant, talk, "Can you show the leaves?")
    say(anchor, talk, "Of course.")
    say(merchant, other, "And in spring?")
    assert words(talk) == [(1, "Can you show the leaves?"), (2, "Of course.")]
    latest = list(list_conversations(merchant.actor).order_by("-last_at", "-id"))
    assert latest == [other, talk]
    assert {last_words(latest)[one.pk].text for one in latest} == {"Of course.", "And in spring?"}
    assert [one.seq for one in messages_of(talk, before=2, size=10)] == [1]
    assert [one.seq for one in messages_of(talk, size=1)] == [2]


def test_the_same_message_twice_is_one_and_other_words_under_its_number_are_refused(merchant, talk):
    first = say(merchant, talk, "Hello", client_id="a")
    assert say(merchant, talk, "Hello", client_id="a") == first
    with pytest.raises(SentAlready):
        say(merchant, talk, "Hallo", client_id="a")
    assert words(talk) == [(1, "Hello")]


def test_each_message_comes_once_and_without_a_gap_from_ten_at_once(merchant, anchor, talk):
    senders = [make_member(merchant.party, Role.MEMBER) for _ in range(4)] + [anchor]
    tries = [lambda one=one, n=n: say(one, talk, f"{n}", client_id="same") for n, one in enumerate(senders)]
    results = race(*tries, *tries)
    assert not [one for one in results if isinstance(one, Exception)]
    assert [seq for seq, _text in words(talk)] == [1, 2, 3, 4, 5]
    assert {text for _seq, text in words(talk)} == {"0", "1", "2", "3", "4"}
    talk.refresh_from_db()
    assert talk.last_seq == 5


def test_who_takes_no_part_finds_nothing_and_who_only_reads_may_not_write(merchant, anchor, talk):
    stranger, viewer = make_owner("brand", "Other Tea"), make_member(merchant.party, Role.VIEWER)
    say(anchor, talk, "Hello")
    for person in (stranger, stranger):
        with pytest.raises(NotFound):
            say(person, talk, "Let me in")
        with pytest.raises(NotFound):
            mark_read(actor=person.actor, public_id=talk.public_id, seq=1)
    assert unread(stranger) == {}
    with pytest.raises(Forbidden):
        say(viewer, talk, "Me too")
    assert get_conversation(viewer.actor, talk.public_id) == talk
    assert words(talk) == [(1, "Hello")]
    for role in (Role.MANAGER, Role.FINANCE, Role.MEMBER):
        say(make_member(merchant.party, role), talk, role)
    assert talk.messages.count() == 4


def test_a_person_has_twenty_messages_a_minute_over_all_conversations(merchant, anchor, talk):
    other = conversation(merchant, anchor)
    with time_machine.travel(clock.now(), tick=False) as moment:
        for number in range(A_MINUTE):
            say(merchant, (talk, other)[number % 2], f"{number}")
        with pytest.raises(TooManyMessages):
            say(merchant, talk, "One more")
        say(make_member(merchant.party, Role.MEMBER), talk, "A colleague may")
        moment.shift(timedelta(seconds=60))
        say(merchant, talk, "Later")
    assert Message.objects.count() == A_MINUTE + 2
    talk.refresh_from_db()
    assert talk.last_seq == talk.messages.count()


def test_what_was_said_stays_as_it_was(merchant, talk):
    say(merchant, talk, "Hello")
    for statement in (
        "UPDATE chat_message SET text = 'x'",
        "DELETE FROM chat_message",
        "TRUNCATE chat_message CASCADE",
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    assert words(talk) == [(1, "Hello")]


def test_reading_goes_forward_only_and_writing_is_reading(merchant, anchor, talk):
    for text in ("one", "two", "three"):
        say(merchant, talk, text)
    assert (unread(merchant), unread(anchor)) == ({talk.public_id: 0}, {talk.public_id: 3})
    mark_read(actor=anchor.actor, public_id=talk.public_id, seq=2)
    mark_read(actor=anchor.actor, public_id=talk.public_id, seq=1)
    assert unread(anchor) == {talk.public_id: 1}
    assert read_by_others(talk, merchant.party.pk)[1] == 2
    with pytest.raises(NotFound):
        mark_read(actor=anchor.actor, public_id=talk.public_id, seq=4)


def test_it_is_read_when_every_other_party_has_read_it(merchant, anchor):
    agency = make_owner("agency", "North Quay")
    talk = conversation(merchant, anchor, agency)
    say(merchant, talk, "Hello")
    mark_read(actor=anchor.actor, public_id=talk.public_id, seq=1)
    assert read_by_others(talk, merchant.party.pk)[1] == 0
    mark_read(actor=make_member(agency.party, Role.VIEWER).actor, public_id=talk.public_id, seq=1)
    assert read_by_others(talk, merchant.party.pk)[1] == 1


def told(person: Person) -> list[int]:
    found = Notice.objects.filter(user=person.user, kind="messages_waiting").order_by("id")
    return [one.facts["count"] for one in found]


def test_who_has_not_read_for_ten_minutes_is_told_once(merchant, anchor, talk):
    colleague, gone = make_member(anchor.party, Role.VIEWER), make_member(anchor.party, Role.MEMBER)
    gone.user.memberships.update(removed_at=clock.now())
    with time_machine.travel(clock.now(), tick=False) as moment:
        say(merchant, talk, "one")
        moment.shift(timedelta(minutes=4))
        say(merchant, talk, "two")
        mark_read(actor=colleague.actor, public_id=talk.public_id, seq=2)
        moment.shift(PATIENCE - timedelta(minutes=4, seconds=1))
        assert fire_due() == 0
        moment.shift(timedelta(seconds=1))
        fire_due()
        assert (told(anchor), told(colleague), told(merchant), told(gone)) == ([1], [], [], [])
        moment.shift(timedelta(minutes=4))
        fire_due()
        assert told(anchor) == [1, 1]
        moment.shift(timedelta(days=1))
        fire_due()
        relay_all()
        assert told(anchor) == [1, 1]
        assert "New messages: Autumn oolong, live" in [one.subject for one in mail.outbox]
        assert not Timer.objects.filter(kind=UNREAD, state="pending").exists()


def test_what_was_read_meanwhile_is_not_told(merchant, anchor, talk):
    with time_machine.travel(clock.now(), tick=False) as moment:
        say(merchant, talk, "one")
        mark_read(actor=anchor.actor, public_id=talk.public_id, seq=1)
        moment.shift(PATIENCE)
        fire_due()
    assert told(anchor) == []
    assert ReadMark.objects.get(user=anchor.user).told_seq == 0
