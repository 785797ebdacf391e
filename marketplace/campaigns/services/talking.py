"""Asking about a V task before one applies."""

from marketplace.accounts.models import Party, PartyKind
from marketplace.campaigns.selectors.tasks import get_task
from marketplace.chat.models import About, Conversation
from marketplace.chat.policies import CHAT, ChatAction
from marketplace.chat.steps.conversations import begin_conversation
from marketplace.core.actor import Actor
from marketplace.core.errors import Forbidden
from marketplace.core.tx import use_case


@use_case
def ask_about_task(*, actor: Actor, public_id: str) -> Conversation:
    """The conversation of the actor's party with the merchant of a V task; the one that there is, or a new one.

    Raises NotFound, Forbidden (the merchant itself, or who neither anchors nor represents), Blocked,
    TooManyConversations.
    """
    task = get_task(actor, public_id)
    CHAT.authorise(actor, ChatAction.SEND)
    party = Party.objects.get(pk=actor.party_id)
    if party.kind not in {PartyKind.ANCHOR, PartyKind.AGENCY}:
        raise Forbidden(action="ask")
    return begin_conversation(
        actor=actor,
        about=About.TASK,
        subject=f"{task.public_id}/{party.public_id}",
        title=f"{task.title} · {party.name}",
        path=f"/tasks/{task.public_id}/",
        parties=[task.party, party],
    )
