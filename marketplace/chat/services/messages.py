"""Saying something, and what its author does with it afterwards."""

from collections.abc import Sequence
from datetime import timedelta

from marketplace.chat.contacts import looks_like_contact
from marketplace.chat.errors import Blocked, LooksLikeContact, MessageGone, SentAlready, TooLateToEdit, TooManyMessages
from marketplace.chat.models import Conversation, Message, MessageChange
from marketplace.chat.policies import CHAT, ChatAction
from marketplace.chat.reactions import REACTIONS
from marketplace.chat.selectors.messages import get_message, is_deleted, is_reacted, words_now
from marketplace.chat.steps.logging import add_change, add_mentions, add_message
from marketplace.chat.steps.saying import enter
from marketplace.chat.steps.waiting import start_waiting, tell_who_is_named
from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.core.errors import NotFound
from marketplace.core.locks import lock
from marketplace.core.tx import use_case
from marketplace.media.selectors import own_files

A_MINUTE = 20
MAY_EDIT_FOR = timedelta(minutes=5)
KIND = MessageChange.Kind


@use_case
def send_message(
    *,
    actor: Actor,
    public_id: str,
    client_id: str,
    text: str,
    files: Sequence[str] = (),
    reply_to: str = "",
    anyway: bool = False,
) -> Message:
    """Say `text`, with files that one's party uploaded. The same `client_id` again is the same message.

    Raises NotFound, Forbidden, Blocked, TooManyMessages, SentAlready (the same number with other words),
    LooksLikeContact (before any contract, unless `anyway`).
    """
    entered = enter(actor, public_id, client_id=client_id, since=clock.now() - timedelta(minutes=1))
    CHAT.authorise(actor, ChatAction.SEND)
    conversation = entered.conversation
    if entered.known is not None:
        known = conversation.messages.get(pk=entered.known)
        if known.text != text:
            raise SentAlready
        return known
    if entered.is_blocked:
        raise Blocked
    if entered.lately >= A_MINUTE:
        raise TooManyMessages(most=A_MINUTE)
    warned = not conversation.is_bound and looks_like_contact(text)
    if warned and not anyway:
        raise LooksLikeContact
    message = add_message(
        conversation,
        entered.parties,
        party_id=actor.party_id,
        by_id=actor.user_id,
        client_id=client_id,
        text=text,
        files=own_files(actor, files),
        reply_to=_replied_to(conversation, reply_to),
        warned=warned,
    )
    tell_who_is_named(message, add_mentions(message))
    if not entered.waits:
        start_waiting(conversation)
    return message


def _replied_to(conversation: Conversation, public_id: str) -> Message | None:
    if not public_id:
        return None
    found = conversation.messages.filter(public_id=public_id, by__isnull=False).first()
    if found is None:
        raise NotFound
    return found


@use_case
def edit_message(*, actor: Actor, public_id: str, text: str, anyway: bool = False) -> Message:
    """Say it in other words, within five minutes; what was said first is kept for staff.

    Raises NotFound, Forbidden (somebody else's), TooLateToEdit, MessageGone, LooksLikeContact.
    """
    message = _lock_message(actor, public_id)
    CHAT.authorise(actor, ChatAction.ALTER, message)
    if clock.now() - message.at > MAY_EDIT_FOR:
        raise TooLateToEdit
    if not message.conversation.is_bound and looks_like_contact(text) and not anyway:
        raise LooksLikeContact
    if text != words_now(message):
        add_change(message, KIND.EDIT, by=actor, text=text)
    return message


@use_case
def delete_message(*, actor: Actor, public_id: str) -> Message:
    """Nobody reads it from now on; that there was one stays to be seen, and staff and a dispute have its words.

    Raises NotFound, Forbidden (somebody else's). Again: nothing happens.
    """
    message = _lock_message(actor, public_id, may_be_gone=True)
    CHAT.authorise(actor, ChatAction.ALTER, message)
    if not is_deleted(message):
        add_change(message, KIND.DELETE, by=actor)
    return message


@use_case
def react(*, actor: Actor, public_id: str, reaction: str, on: bool) -> Message:
    """Give one of `REACTIONS`, or take it back. Again: nothing happens.

    Raises NotFound (another reaction, too), Forbidden, MessageGone, TooManyMessages.
    """
    if reaction not in REACTIONS:
        raise NotFound
    message = _lock_message(actor, public_id)
    CHAT.authorise(actor, ChatAction.SEND)
    if on != is_reacted(message, actor.user_id, reaction):
        recent = message.conversation.changes.filter(by_id=actor.user_id, at__gt=clock.now() - timedelta(minutes=1))
        if recent.count() >= A_MINUTE:
            raise TooManyMessages(most=A_MINUTE)
        add_change(message, KIND.REACT if on else KIND.UNREACT, by=actor, reaction=reaction)
    return message


def _lock_message(actor: Actor, public_id: str, *, may_be_gone: bool = False) -> Message:
    message = get_message(actor, public_id)
    [message.conversation] = lock(Conversation.objects.filter(pk=message.conversation_id), "conversation")
    if not may_be_gone and is_deleted(message):
        raise MessageGone
    return message
