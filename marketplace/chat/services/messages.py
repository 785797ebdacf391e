"""Saying something, and having read it."""

from datetime import timedelta

from marketplace.accounts.models import User
from marketplace.chat.errors import SentAlready, TooManyMessages
from marketplace.chat.models import Conversation, Message
from marketplace.chat.policies import CHAT, ChatAction
from marketplace.chat.selectors import get_conversation, sent_since
from marketplace.chat.steps.conversations import mark_read_up_to
from marketplace.chat.steps.hints import hint_to_readers
from marketplace.chat.steps.waiting import start_waiting
from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.core.errors import NotFound
from marketplace.core.locks import lock
from marketplace.core.tx import use_case

A_MINUTE = 20


@use_case
def send_message(*, actor: Actor, public_id: str, client_id: str, text: str) -> Message:
    """Say `text` in a conversation. The same `client_id` again is the same message.

    Raises NotFound, Forbidden, TooManyMessages, SentAlready (the same number with other words).
    """
    get_conversation(actor, public_id)
    CHAT.authorise(actor, ChatAction.SEND)
    lock(User.objects.filter(pk=actor.user_id), "user")  # two tabs at once are counted one after the other
    [conversation] = lock(Conversation.objects.filter(public_id=public_id), "conversation")
    known = conversation.messages.filter(by_id=actor.user_id, client_id=client_id).first()
    if known is not None:
        if known.text != text:
            raise SentAlready
        return known
    if sent_since(actor.user_id, clock.now() - timedelta(minutes=1)) >= A_MINUTE:
        raise TooManyMessages(most=A_MINUTE)
    conversation.last_seq += 1
    message = Message.objects.create(
        conversation=conversation,
        seq=conversation.last_seq,
        party_id=actor.party_id,
        by_id=actor.user_id,
        client_id=client_id,
        text=text,
    )
    conversation.last_at = message.at
    conversation.save(update_fields=["last_seq", "last_at"])
    mark_read_up_to(conversation, message.seq, actor=actor)
    start_waiting(conversation)
    hint_to_readers(conversation)
    return message


@use_case
def mark_read(*, actor: Actor, public_id: str, seq: int) -> None:
    """This person has seen everything up to `seq`. Raises NotFound."""
    conversation = get_conversation(actor, public_id)
    if seq > conversation.last_seq:
        raise NotFound
    mark_read_up_to(conversation, seq, actor=actor)
