"""Wanting to hear nothing more of a party."""

from marketplace.accounts.models import Party
from marketplace.chat.models import Block
from marketplace.chat.policies import CHAT, ChatAction
from marketplace.chat.selectors.conversations import get_conversation
from marketplace.core.actor import Actor
from marketplace.core.errors import NotFound
from marketplace.core.tx import use_case


@use_case
def block_others(*, actor: Actor, public_id: str) -> list[Party]:
    """Block the other parties of a conversation: no new one with them, and no word in those that no contract stands
    behind. They are not told; they read it when they write. Again: nothing happens.

    Raises NotFound, Forbidden.
    """
    conversation = get_conversation(actor, public_id)
    CHAT.authorise(actor, ChatAction.BLOCK)
    others = [one.party for one in conversation.participants.exclude(party=actor.party_id).select_related("party")]
    blocks = [Block(party_id=actor.party_id, blocked=party, by_id=actor.user_id) for party in others]
    Block.objects.bulk_create(blocks, ignore_conflicts=True)
    return others


@use_case
def unblock(*, actor: Actor, party_public_id: str) -> None:
    """Raises NotFound, Forbidden."""
    CHAT.authorise(actor, ChatAction.BLOCK)
    gone, _kinds = Block.objects.filter(party=actor.party_id, blocked__public_id=party_public_id).delete()
    if not gone:
        raise NotFound
