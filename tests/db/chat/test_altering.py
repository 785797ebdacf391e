"""What happens to a message after it was said: everything has a number, and the pieces make the whole."""

from datetime import timedelta
from random import Random  # noqa: TID251  chance that repeats is the point

import pytest
import time_machine
from django.core import mail
from django.db import DatabaseError, connection, transaction

from marketplace.chat.errors import MessageGone, TooLateToEdit
from marketplace.chat.models import MessageChange
from marketplace.chat.selectors.messages import (
    find_messages,
    last_words,
    messages_of,
    moved_between,
    said,
    words_ever,
)
from marketplace.chat.services.messages import MAY_EDIT_FOR, delete_message, edit_message, react
from marketplace.core import clock
from marketplace.core.actor import Role
from marketplace.core.errors import Forbidden, NotFound
from marketplace.notifications.models import Notice
from tests.factories.people import make_member, make_owner
from tests.factories.talks import conversation, say
from tests.support.races import race
from tests.support.relay import relay_all


def now(talk) -> list[tuple[int, str, bool, dict]]:
    return [
        (one.seq, one.text, one.deleted, {name: list(people.values()) for name, people in one.reactions.items()})
        for one in messages_of(talk, size=100)
    ]


def edit(person, message, text):
    return edit_message(actor=person.actor, public_id=message.public_id, text=text)


def delete(person, message):
    return delete_message(actor=person.actor, public_id=message.public_id)


def give(person, message, reaction="agreed", on=True):
    return react(actor=person.actor, public_id=message.public_id, reaction=reaction, on=on)


def test_words_are_altered_for_five_minutes_and_the_first_ones_are_kept(merchant, anchor, talk):
    with time_machine.travel(clock.now(), tick=False) as moment:
        message = say(merchant, talk, "On Tuesday")
        moment.shift(MAY_EDIT_FOR)
        edit(merchant, message, "On Wednesday")
        edit(merchant, message, "On Wednesday")  # again: nothing happens
        moment.shift(timedelta(seconds=1))
        with pytest.raises(TooLateToEdit):
            edit(merchant, message, "On Thursday")
    assert now(talk) == [(1, "On Wednesday", False, {})]
    assert words_ever(message) == "On Tuesday\n→ On Wednesday"
    talk.refresh_from_db()
    assert (talk.last_seq, talk.said_seq) == (2, 1)


def test_a_deleted_message_leaves_a_mark_and_says_nothing_more(merchant, anchor, talk):
    message = say(merchant, talk, "The secret")
    reply = say(anchor, talk, "What?", reply_to=message.public_id)
    give(anchor, message)
    delete(merchant, message)
    delete(merchant, message)
    for act in (lambda: edit(merchant, message, "x"), lambda: give(anchor, message)):
        with pytest.raises(MessageGone):
            act()
    assert now(talk) == [(1, "", True, {}), (2, "What?", False, {})]
    [answer] = said([reply])
    assert (answer.reply_to.deleted, answer.reply_to.text) == (True, "")
    assert words_ever(message) == "The secret\n→ ×"
    assert list(find_messages(anchor.actor, "secret")) == []


def test_nobody_alters_the_words_of_somebody_else(merchant, anchor, talk):
    message = say(merchant, talk, "Hello")
    stranger = make_owner("brand", "Other Tea")
    for person in (anchor, make_member(merchant.party, Role.MANAGER)):
        with pytest.raises(Forbidden):
            edit(person, message, "Goodbye")
        with pytest.raises(Forbidden):
            delete(person, message)
    with pytest.raises(Forbidden):
        give(make_member(anchor.party, Role.VIEWER), message)
    for act in (
        lambda: edit(stranger, message, "x"),
        lambda: delete(stranger, message),
        lambda: give(stranger, message),
    ):
        with pytest.raises(NotFound):
            act()
    assert now(talk) == [(1, "Hello", False, {})]
    assert not MessageChange.objects.exists()


def test_reactions_are_given_once_each_and_taken_back(merchant, anchor, talk):
    message = say(merchant, talk, "Signed!")
    for _again in range(2):
        give(anchor, message, "cheers")
    give(merchant, message, "cheers")
    give(anchor, message, "agreed")
    give(anchor, message, "agreed", on=False)
    assert now(talk) == [(1, "Signed!", False, {"cheers": [anchor.user.name, merchant.user.name]})]
    for reaction in ("dance", "<script>", ""):
        with pytest.raises(NotFound):
            give(anchor, message, reaction)
    talk.refresh_from_db()
    assert talk.last_seq == 5


def test_an_answer_names_a_message_of_the_same_conversation(merchant, anchor, talk):
    other = say(merchant, conversation(merchant, anchor), "Elsewhere")
    with pytest.raises(NotFound):
        say(anchor, talk, "?", reply_to=other.public_id)
    assert talk.messages.count() == 0


def test_who_is_named_is_told_at_once_and_only_who_reads(merchant, anchor, talk):
    colleague, stranger = make_member(anchor.party, Role.VIEWER), make_owner("brand", "Other Tea")
    for name, person in (("Wu Lan", colleague), ("Ann Other", stranger), ("Xia Wei", anchor)):
        person.user.name = name
        person.user.save()
    say(merchant, talk, "Can @Wu Lan and @Ann Other look? @" + merchant.user.name)
    relay_all()
    told = Notice.objects.filter(kind="mentioned")
    assert [(one.user, one.party) for one in told] == [(colleague.user, anchor.party)]
    assert [one.subject for one in mail.outbox] == [f"{merchant.user.name} names you in: Autumn oolong, live"]


def test_any_older_state_and_what_moved_since_make_the_newest(merchant, anchor, talk):
    """Whatever happened, in whatever pieces it is fetched."""
    dice = Random(7)
    with time_machine.travel(clock.now(), tick=False) as moment:
        messages = []
        for number in range(60):
            moment.shift(timedelta(seconds=7))
            person, roll = dice.choice([merchant, anchor]), dice.random()
            message = dice.choice(messages) if messages else None
            if message is None or roll < 0.5:
                messages.append(say(person, talk, f"word {number}"))
                continue
            try:
                if roll < 0.7:
                    give(person, message, dice.choice(["agreed", "cheers"]), on=dice.random() < 0.7)
                elif roll < 0.85:
                    edit(person, message, f"better {number}")
                else:
                    delete(person, message)
            except (Forbidden, MessageGone, TooLateToEdit):
                continue
    talk.refresh_from_db()
    fresh = {one.seq: one for one in messages_of(talk, size=1000)}
    assert talk.last_seq > len(fresh) > 20
    for since in range(talk.last_seq + 1):
        state = {one.seq: one for one in moved_between(talk, 0, since)}
        while since < talk.last_seq:
            until = min(talk.last_seq, since + dice.randint(1, 9))
            state |= {one.seq: one for one in moved_between(talk, since, until)}
            since = until
        assert state == fresh


def test_changes_from_many_at_once_have_numbers_without_a_gap(merchant, anchor, talk):
    message = say(merchant, talk, "Hello")
    people = [make_member(merchant.party, Role.MEMBER) for _ in range(4)] + [anchor]
    tries = [lambda one=one: give(one, message) for one in people]
    tries += [lambda one=one: say(one, talk, "Me too") for one in people]
    assert not [one for one in race(*tries) if isinstance(one, Exception)]
    talk.refresh_from_db()
    numbers = [*talk.messages.values_list("seq", flat=True), *talk.changes.values_list("seq", flat=True)]
    assert sorted(numbers) == list(range(1, 12)) == list(range(1, talk.last_seq + 1))


def test_what_happened_stays_as_it_was(merchant, anchor, talk):
    give(anchor, say(merchant, talk, "Hello"))
    for statement in ("UPDATE chat_messagechange SET reaction = 'x'", "DELETE FROM chat_messagechange"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    assert MessageChange.objects.get().reaction == "agreed"


def test_words_are_found_as_they_read_now_and_by_who_reads_them(merchant, anchor, talk):
    stranger = make_owner("brand", "Other Tea")
    say(anchor, talk, "明天可以直播秋茶吗？")
    altered = say(merchant, talk, "The porcelain cups")
    edit(merchant, altered, "The glass cups")

    def found(person, typed):
        return [one.seq for one in find_messages(person.actor, typed).order_by("seq")]

    assert found(merchant, "秋茶") == [1]
    assert found(merchant, "glass") == [2]
    assert found(merchant, "porcelain") == []
    assert found(stranger, "秋茶") == []
    talk.refresh_from_db()
    assert last_words([talk])[talk.pk].text == "The glass cups"
