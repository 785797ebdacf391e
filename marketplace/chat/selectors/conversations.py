"""Reads about conversations: which there are, and who takes part."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import OuterRef, QuerySet, Subquery

from marketplace.accounts.models import Membership
from marketplace.chat.models import Block, Conversation, ReadMark
from marketplace.chat.selectors.unread import with_unread
from marketplace.core.actor import Actor
from marketplace.core.errors import NotFound


def get_conversation(actor: Actor, public_id: str) -> Conversation:
    """Raises NotFound."""
    try:
        return Conversation.objects.visible_to(actor).get(public_id=public_id)
    except Conversation.DoesNotExist:
        raise NotFound from None


def conversation_about(actor: Actor, subject: str) -> Conversation | None:
    return Conversation.objects.visible_to(actor).filter(subject=subject).first()


def list_conversations(actor: Actor) -> QuerySet[Conversation]:
    """Those in which something was said, each with `unread`: how many messages of others this person has not seen, and
    `muted_at`."""
    own = ReadMark.objects.filter(conversation=OuterRef("pk"), party=actor.party_id, user=actor.user_id)
    said = Conversation.objects.visible_to(actor).filter(said_seq__gt=0)
    return with_unread(said, actor).annotate(muted_at=Subquery(own.values("muted_at")))


def people_of(conversation: Conversation) -> list[Membership]:
    """Everybody who reads it, each once a party, by name."""
    parties = conversation.participants.values("party")
    people = Membership.objects.filter(party__in=parties, removed_at=None, user__is_active=True)
    return list(people.select_related("user", "party").order_by("user__name", "pk"))


def mark_of(actor: Actor, conversation: Conversation) -> ReadMark | None:
    """How this person stands to it; none before she has read or muted anything."""
    return conversation.read_marks.filter(party_id=actor.party_id, user_id=actor.user_id).first()


def is_blocked(conversation: Conversation, party_ids: Iterable[int] | None = None) -> bool:
    """Whether one of its parties blocks another; a contract that binds them goes on all the same."""
    if conversation.is_bound:
        return False
    return blocked_between(
        party_ids if party_ids is not None else conversation.participants.values_list("party_id", flat=True)
    )


def blocked_between(party_ids: Iterable[int]) -> bool:
    parties = list(party_ids)
    return Block.objects.filter(party__in=parties, blocked__in=parties).exists()


def list_blocks(actor: Actor) -> QuerySet[Block]:
    return Block.objects.filter(party=actor.party_id).select_related("blocked", "by").order_by("blocked__name")


def opened_since(user_id: int, moment: datetime) -> int:
    return Conversation.objects.filter(opened_by_id=user_id, created_at__gt=moment).count()
