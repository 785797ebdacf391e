"""What somebody wants to hear: marks and counts, muting, blocking, contact details before a contract, limits, files."""

from datetime import timedelta

import pytest
import time_machine

from marketplace.accounts.models import Membership
from marketplace.campaigns.services.talking import ask_about_task
from marketplace.chat.errors import Blocked, LooksLikeContact, TooManyConversations
from marketplace.chat.models import About, Block, Conversation, Message, ReadMark
from marketplace.chat.selectors.conversations import list_blocks, list_conversations
from marketplace.chat.selectors.messages import read_by_others
from marketplace.chat.selectors.unread import unread_count, unread_of
from marketplace.chat.services.blocking import block_others, unblock
from marketplace.chat.services.reading import mark_arrived, mark_read, mute
from marketplace.chat.steps.conversations import AN_HOUR
from marketplace.chat.steps.waiting import PATIENCE
from marketplace.core import clock
from marketplace.core.actor import Role
from marketplace.core.errors import Forbidden, NotFound
from marketplace.core.timers.fire import fire_due
from marketplace.notifications.models import Notice
from tests.factories.people import make_member, make_owner
from tests.factories.talks import conversation, say
from tests.factories.tasks import make_merchant, open_task
from tests.support.races import race


def test_what_arrived_and_what_was_read_are_two_things(merchant, anchor, talk):
    say(merchant, talk, "Hello")
    assert read_by_others(talk, merchant.party.pk) == (0, 0)
    assert mark_arrived(actor=anchor.actor) == 1
    assert mark_arrived(actor=anchor.actor) == 0
    assert read_by_others(talk, merchant.party.pk) == (1, 0)
    mark_read(actor=anchor.actor, public_id=talk.public_id, seq=1)
    assert read_by_others(talk, merchant.party.pk) == (1, 1)


def test_each_party_of_a_person_has_its_own_count(merchant, anchor, talk):
    agency = make_owner("agency", "North Quay")
    Membership.objects.create(user=anchor.user, party=agency.party, role=Role.MANAGER)
    other = conversation(merchant, agency)
    for text in ("one", "two"):
        say(merchant, talk, text)
    say(merchant, other, "three")
    parties = [anchor.party.pk, agency.party.pk]
    assert unread_of(anchor.user.pk, parties) == {anchor.party.pk: 2, agency.party.pk: 1}
    assert (unread_count(anchor.actor), unread_count(merchant.actor)) == (2, 0)
    mark_read(actor=anchor.actor, public_id=talk.public_id, seq=1)
    assert unread_of(anchor.user.pk, parties) == {anchor.party.pk: 1, agency.party.pk: 1}


def test_a_muted_conversation_counts_nothing_and_mails_nothing_but_names_reach_through(merchant, anchor, talk):
    with time_machine.travel(clock.now(), tick=False) as moment:
        mute(actor=anchor.actor, public_id=talk.public_id, on=True)
        say(merchant, talk, "Hello")
        moment.shift(PATIENCE)
        fire_due()
        assert unread_count(anchor.actor) == 0
        assert not Notice.objects.filter(user=anchor.user).exists()
        say(merchant, talk, f"@{anchor.user.name}, please")
        assert Notice.objects.get(user=anchor.user).kind == "mentioned"
        mute(actor=anchor.actor, public_id=talk.public_id, on=False)
        assert unread_count(anchor.actor) == 2
    with pytest.raises(NotFound):
        mute(actor=make_owner("brand", "Other Tea").actor, public_id=talk.public_id, on=True)


def test_who_is_blocked_writes_nothing_but_under_a_contract(merchant, anchor):
    free, bound = conversation(merchant, anchor, about=About.APPLICATION), conversation(merchant, anchor)
    with pytest.raises(Forbidden):
        block_others(actor=make_member(merchant.party, Role.MEMBER).actor, public_id=free.public_id)
    for _again in range(2):
        assert block_others(actor=merchant.actor, public_id=free.public_id) == [anchor.party]
    for person in (merchant, anchor):
        with pytest.raises(Blocked):
            say(person, free, "Hello")
        say(person, bound, "The contract goes on")
    assert free.messages.count() == 0
    assert [one.blocked for one in list_blocks(merchant.actor)] == [anchor.party]
    assert not list_blocks(anchor.actor)
    with pytest.raises(NotFound):
        unblock(actor=anchor.actor, party_public_id=merchant.party.public_id)
    unblock(actor=merchant.actor, party_public_id=anchor.party.public_id)
    say(anchor, free, "Hello again")
    assert not Block.objects.exists()


def test_contact_details_before_a_contract_are_warned_about_and_not_blocked(merchant, anchor):
    free, bound = conversation(merchant, anchor, about=About.TASK), conversation(merchant, anchor)
    with pytest.raises(LooksLikeContact):
        say(anchor, free, "Call +44 20 7946 0958")
    assert not Message.objects.exists()
    assert say(anchor, free, "Call +44 20 7946 0958", anyway=True).warned
    assert not say(anchor, free, "At eight?", anyway=True).warned
    assert not say(anchor, bound, "Call +44 20 7946 0958").warned


def test_one_begins_five_conversations_an_hour_and_the_same_one_once(anchor):
    merchant = make_merchant()
    tasks = [open_task(merchant, title=f"Task {number}") for number in range(AN_HOUR + 1)]

    def ask(task, person=anchor):
        return ask_about_task(actor=person.actor, public_id=task.public_id)

    with time_machine.travel(clock.now(), tick=False) as moment:
        begun = race(*[lambda: ask(tasks[0])] * 4)
        assert {one.pk for one in begun} == {Conversation.objects.get().pk}
        for task in tasks[1:AN_HOUR]:
            ask(task)
        with pytest.raises(TooManyConversations):
            ask(tasks[-1])
        assert ask(tasks[0]).pk == begun[0].pk
        ask(tasks[-1], make_owner("agency", "North Quay"))
        moment.shift(timedelta(hours=1))
        ask(tasks[-1])
    for person in (merchant, make_owner("brand", "Other Tea")):
        with pytest.raises(Forbidden):
            ask(tasks[0], person)
    with pytest.raises(Forbidden):
        ask(tasks[0], make_member(anchor.party, Role.VIEWER))
    assert not list_conversations(anchor.actor).exists()  # nobody has said a word yet


def test_a_conversation_with_who_blocks_is_not_begun(anchor):
    merchant = make_merchant()
    first, second = open_task(merchant, title="One"), open_task(merchant, title="Two")
    talk = ask_about_task(actor=anchor.actor, public_id=first.public_id)
    block_others(actor=merchant.actor, public_id=talk.public_id)
    with pytest.raises(Blocked):
        ask_about_task(actor=anchor.actor, public_id=second.public_id)
    assert Conversation.objects.count() == 1


def test_nobody_is_marked_where_she_takes_no_part(merchant, anchor, talk):
    say(merchant, talk, "Hello")
    assert mark_arrived(actor=make_owner("brand", "Other Tea").actor) == 0
    assert {one.user for one in ReadMark.objects.all()} == {merchant.user}
