"""Every entry of a conversation's log takes the next number, under the conversation's lock."""

from collections.abc import Iterable

from marketplace.accounts.models import Membership
from marketplace.chat.models import Conversation, Mention, Message, MessageChange
from marketplace.chat.selectors.conversations import people_of
from marketplace.chat.steps.hints import hint_moved
from marketplace.chat.steps.saying import keep
from marketplace.core.actor import Actor
from marketplace.core.locks import lock
from marketplace.core.tx import step


@step
def add_message(conversation: Conversation, parties: Iterable[str] | None = None, **what: object) -> Message:
    """Who says something has read up to there. `parties`: the public ids of those who take part, where they are known.
    The caller has locked the conversation."""
    message = Message(conversation=conversation, **what)
    keep(message)
    hint_moved(conversation, parties)
    return message


@step
def add_change(message: Message, kind: MessageChange.Kind, *, by: Actor, text: str = "", reaction: str = "") -> None:
    """The caller has locked the message's conversation."""
    conversation = message.conversation
    conversation.last_seq += 1
    conversation.save(update_fields=["last_seq"])
    MessageChange.objects.create(
        conversation=conversation,
        seq=conversation.last_seq,
        message=message,
        kind=kind,
        text=text,
        reaction=reaction,
        by_id=by.user_id,
    )
    hint_moved(conversation)


@step
def show_card(subject: str, card: str, card_id: str) -> Message | None:
    """What is shown of the thing that the conversation about `subject` is about; once, however often it is asked for.
    None where nobody talks about it."""
    for conversation in lock(Conversation.objects.filter(subject=subject), "conversation"):
        known = conversation.messages.filter(card=card, card_id=card_id).first()
        return known or add_message(conversation, card=card, card_id=card_id)
    return None


@step
def add_mentions(message: Message) -> list[Membership]:
    """Of the people who read it, those whom it names with an @, but for who wrote it; each once, by one membership."""
    if "@" not in message.text:
        return []
    found = {
        member.user_id: member
        for member in people_of(message.conversation)
        if member.user_id != message.by_id and f"@{member.user.name}" in message.text
    }
    Mention.objects.bulk_create([Mention(message=message, user_id=user_id) for user_id in sorted(found)])
    return list(found.values())
