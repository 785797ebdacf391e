"""A conversation as it is drawn, on its own page or inside the page of what it is about."""

import secrets
from dataclasses import dataclass

from marketplace.chat.forms.message import MessageForm
from marketplace.chat.models import Conversation, Message
from marketplace.chat.policies import CHAT, ChatAction
from marketplace.chat.selectors import messages_of, read_by_others
from marketplace.chat.services.messages import mark_read
from marketplace.core.actor import Actor

SHOWN = 50


@dataclass(frozen=True, slots=True)
class Talk:
    """`earlier`: the number before which there is more; `read`: up to which message every other party has read."""

    conversation: Conversation
    messages: list[Message]
    earlier: int | None
    is_newest: bool
    read: int
    form: MessageForm | None


def shown(
    actor: Actor, conversation: Conversation, *, before: int | None = None, form: MessageForm | None = None
) -> Talk:
    """Whoever may not write gets no form. Who is shown it has read it."""
    messages = messages_of(conversation, before=before, size=SHOWN)
    if messages:
        mark_read(actor=actor, public_id=conversation.public_id, seq=messages[-1].seq)
    first = messages[0].seq if messages else 1
    may_write = CHAT.can(actor, ChatAction.SEND)
    return Talk(
        conversation=conversation,
        messages=messages,
        earlier=first if first > 1 else None,
        is_newest=before is None,
        read=read_by_others(conversation, actor.party_id),
        form=(form or MessageForm(initial={"client_id": secrets.token_hex(16)})) if may_write else None,
    )
