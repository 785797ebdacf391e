"""How much somebody has not read."""

from collections.abc import Iterable

from django.db.models import Count, F, IntegerField, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from marketplace.chat.models import Conversation, Message, Participant, ReadMark
from marketplace.core.actor import Actor


def with_unread(conversations: QuerySet[Conversation], actor: Actor) -> QuerySet[Conversation]:
    """Each with `unread`: messages after the actor's mark that somebody else wrote. Cards are nobody's."""
    own = ReadMark.objects.filter(conversation=OuterRef("pk"), party=actor.party_id, user=actor.user_id)
    read = conversations.annotate(read_seq=Coalesce(Subquery(own.values("seq")), 0))
    later = _later(Message.objects.filter(conversation=OuterRef("pk")), actor.user_id)
    return read.annotate(unread=Coalesce(Subquery(later, output_field=IntegerField()), 0))


def unread_of(user_id: int, party_ids: Iterable[int]) -> dict[int, int]:
    """Of each of a person's parties how many messages wait for her, muted conversations aside: one query."""
    mark = ReadMark.objects.filter(conversation=OuterRef("conversation"), party=OuterRef("party"), user=Value(user_id))
    parts = Participant.objects.filter(party__in=list(party_ids)).annotate(
        read_seq=Coalesce(Subquery(mark.values("seq")), 0), muted_at=Subquery(mark.values("muted_at"))
    )
    behind = parts.filter(conversation__said_seq__gt=F("read_seq"), muted_at=None)
    later = _later(Message.objects.filter(conversation=OuterRef("conversation")), user_id)
    found: dict[int, int] = {}
    waiting = behind.annotate(unread=Coalesce(Subquery(later, output_field=IntegerField()), 0))
    for party, unread in waiting.values_list("party_id", "unread"):
        found[party] = found.get(party, 0) + unread
    return found


def unread_count(actor: Actor) -> int:
    if actor.party_id is None or actor.user_id is None:
        return 0
    return unread_of(actor.user_id, [actor.party_id]).get(actor.party_id, 0)


def _later(messages: QuerySet[Message], user_id: int | None) -> QuerySet:
    said = messages.filter(seq__gt=OuterRef("read_seq"), by__isnull=False).exclude(by=user_id)
    return said.order_by().values("conversation").annotate(number=Count("pk")).values("number")
