from marketplace.chat.models import Conversation
from marketplace.chat.steps.waiting import UNREAD, tell_who_has_not_read
from marketplace.core.actor import Actor
from marketplace.core.locks import lock
from marketplace.core.timers.registry import on_timer


@on_timer(UNREAD)
def tell_of_unread(public_id: str, _actor: Actor) -> None:
    for conversation in lock(Conversation.objects.filter(public_id=public_id), "conversation"):
        tell_who_has_not_read(conversation)
