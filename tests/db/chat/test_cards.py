"""What a conversation shows beside words, once each, as it stands now, with what its reader may do about it."""

import pytest

from marketplace.campaigns.services.choosing import invite
from marketplace.campaigns.services.offers import accept_offer
from marketplace.chat.cards import cards_of
from marketplace.chat.models import Conversation, Message
from marketplace.chat.selectors.conversations import conversation_about
from marketplace.chat.selectors.unread import unread_count
from marketplace.chat.talk import Line, moved, shown
from marketplace.contracts.services.work import approve, request_changes
from marketplace.core.actor import Role
from marketplace.core.models import Delivery
from tests.factories.deals import verify
from tests.factories.funded import funded, handed_in, piece, signed
from tests.factories.people import Person, make_member, make_owner
from tests.factories.tasks import applied, make_anchor, make_merchant, offered, open_task
from tests.support.relay import relay_all

pytestmark = pytest.mark.usefixtures("committed_db")


def lines(person: Person, subject: str) -> list[Line]:
    return shown(person.actor, conversation_about(person.actor, subject)).log.lines


def cards(person: Person, subject: str, template: str) -> list:
    return [line.card.context for line in lines(person, subject) if line.card and line.card.template.endswith(template)]


def happened(person: Person, subject: str) -> list[str]:
    return [one.name for one in cards(person, subject, "/event.html")]


def test_an_application_shows_each_offer_to_whoever_answers_it():
    merchant, anchor = make_merchant(), make_anchor()
    application = applied(anchor, open_task(merchant))
    first = offered(merchant, application)
    relay_all()
    subject = application.public_id
    [mine], [hers] = cards(merchant, subject, "offer.html"), cards(anchor, subject, "offer.html")
    assert (mine.mine, mine.may_accept, mine.may_counter) == (True, False, False)
    assert (hers.mine, hers.may_accept, hers.may_counter) == (False, True, True)
    viewer = make_member(anchor.party, Role.VIEWER)
    [read] = cards(viewer, subject, "offer.html")
    assert (read.may_accept, read.may_counter) == (False, False)
    assert happened(anchor, subject) == ["application.applied"]
    accept_offer(actor=anchor.actor, public_id=subject, answers=first.public_id)
    relay_all()
    [hers] = cards(anchor, subject, "offer.html")
    assert not hers.may_accept
    assert happened(merchant, subject) == ["application.applied", "application.accepted"]
    assert unread_count(merchant.actor) == 0  # what the platform shows is no message of anybody


def test_an_invitation_opens_the_conversation():
    merchant, anchor = make_merchant(), make_anchor()
    task = open_task(merchant)
    hers = [anchor.party.public_id]
    [application] = invite(actor=merchant.actor, task_public_id=task.public_id, anchors=hers, words="Come along")
    relay_all()
    assert happened(anchor, application.public_id) == ["application.invited"]


def test_a_contract_shows_what_waits_for_whom_until_it_is_done(committed_db):
    merchant, anchor = make_owner("brand", "Chenyu Tea"), make_owner("anchor", "Xia Wei")
    verify(anchor.party, "anchor")
    contract = signed(merchant, anchor)
    relay_all()
    subject = contract.public_id
    [signing] = cards(anchor, subject, "signing.html")
    assert ([bool(one.signature) for one in signing.signers], signing.may_sign) == ([True, True], False)
    [payment], [hers] = cards(merchant, subject, "payment.html"), cards(anchor, subject, "payment.html")
    assert (payment.may_pay, hers.may_pay, payment.waits) == (True, False, True)


def test_work_is_answered_on_its_newest_card_by_who_may(committed_db):
    merchant, anchor = make_owner("brand", "Chenyu Tea"), make_owner("anchor", "Xia Wei")
    verify(anchor.party, "anchor")
    contract = funded(merchant, anchor)
    subject = contract.public_id
    handed_in(anchor, contract, 1)
    request_changes(actor=merchant.actor, public_id=piece(contract, 1).public_id, words="Brighter, please.")
    handed_in(anchor, contract, 1)
    relay_all()
    earlier, newest = cards(merchant, subject, "work.html")
    assert (earlier.acts, newest.acts, newest.may_ask) == (frozenset(), {"approve"}, True)
    assert [one.acts for one in cards(anchor, subject, "work.html")] == [frozenset(), frozenset()]
    assert [one.acts for one in cards(make_member(merchant.party, Role.FINANCE), subject, "work.html")][
        1
    ] == frozenset()
    talk = conversation_about(merchant.actor, subject)
    seen = talk.last_seq
    approve(actor=merchant.actor, public_id=piece(contract, 1).public_id)
    relay_all()
    talk.refresh_from_db()
    fresh = moved(merchant.actor, talk, seen)
    again = [line.card.context for line in fresh.lines if line.card.template.endswith("work.html")]
    assert [one.acts for one in again] == [frozenset(), frozenset()]  # open pages get the buttons' end, too
    assert "deliverable.approved" in happened(anchor, subject)


def test_each_is_shown_once_however_often_it_is_delivered(committed_db):
    merchant, anchor = make_owner("brand", "Chenyu Tea"), make_owner("anchor", "Xia Wei")
    verify(anchor.party, "anchor")
    contract = funded(merchant, anchor)
    relay_all()
    talk = Conversation.objects.get(subject=contract.public_id)
    before = talk.messages.count()
    Delivery.objects.filter(handler__contains="contracts.handlers.talking").update(state="pending")
    relay_all()
    talk.refresh_from_db()
    assert talk.messages.count() == before == talk.last_seq
    assert not Message.objects.exclude(card="").filter(by__isnull=False).exists()


def test_whoever_takes_no_part_is_shown_nothing(committed_db):
    merchant, anchor, stranger = make_merchant(), make_anchor(), make_owner("brand", "Other Tea")
    application = applied(anchor, open_task(merchant))
    offered(merchant, application)
    verify(anchor.party, "anchor")
    signed(merchant, anchor)
    relay_all()
    shown_cards = Message.objects.exclude(card="")
    assert shown_cards.count() > 4
    assert cards_of(stranger.actor, shown_cards) == {}
    assert len(cards_of(anchor.actor, shown_cards)) == shown_cards.count()
