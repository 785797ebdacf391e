"""Reads about conversations."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from marketplace.chat.models import Conversation, Message, ReadMark
from marketplace.core.actor import Actor
from marketplace.core.errors import NotFound


def get_conversation(actor: Actor, public_id: str) -> Conversation:
    """Raises NotFound."""
    try:
        return Conversation.objects.visible_to(actor).get(public_id=public_id)
    except Conversation.DoesNotExist:
        raise NotFound from None


def get_message(actor: Actor, public_id: str) -> Message:
    """With its conversation and who wrote it. Raises NotFound."""
    shown = Message.objects.filter(conversation__in=Conversation.objects.visible_to(actor))
    try:
        return shown.select_related("conversation", "by", "party").get(public_id=public_id)
    except Message.DoesNotExist:
        raise NotFound from None


def conversation_about(actor: Actor, subject: str) -> Conversation | None:
    return Conversation.objects.visible_to(actor).filter(subject=subject).first()


def list_conversations(actor: Actor) -> QuerySet[Conversation]:
    """Those in which something was said, each with `unread`: how many messages this person has not seen."""
    own = ReadMark.objects.filter(conversation=OuterRef("pk"), party=actor.party_id, user=actor.user_id)
    said = Conversation.objects.visible_to(actor).filter(last_seq__gt=0)
    return said.annotate(unread=F("last_seq") - Coalesce(Subquery(own.values("seq")), 0))


def last_words(conversations: Iterable[Conversation]) -> dict[int, Message]:
    """The last message of each, by the conversation's key: one query."""
    newest = Message.objects.filter(conversation__in=list(conversations), seq=F("conversation__last_seq"))
    return {one.conversation_id: one for one in newest.select_related("party")}


def messages_of(conversation: Conversation, *, before: int | None = None, size: int) -> list[Message]:
    """The newest `size`, or those before a number; in the order in which they were said."""
    found = conversation.messages.select_related("by", "party")
    if before is not None:
        found = found.filter(seq__lt=before)
    return list(found.order_by("-seq")[:size])[::-1]


def read_by_others(conversation: Conversation, party_id: int) -> int:
    """Up to which message every other party has read: by anybody of it."""
    others = conversation.participants.exclude(party_id=party_id).values_list("party_id", flat=True)
    furthest = dict.fromkeys(others, 0)
    marks = conversation.read_marks.filter(party_id__in=list(furthest)).values_list("party_id", "seq")
    for party, seq in marks:
        furthest[party] = max(furthest[party], seq)
    return min(furthest.values(), default=0)


def sent_since(user_id: int, moment: datetime) -> int:
    return Message.objects.filter(by_id=user_id, at__gt=moment).count()
