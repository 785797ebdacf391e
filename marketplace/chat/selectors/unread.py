"""How much somebody has not read."""

from collections.abc import Iterable

from django.db import connection
from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from marketplace.chat.models import Conversation, Message, ReadMark
from marketplace.core.actor import Actor

# Pairs of a person and a party: Django has no words for rows that are given.
UNREAD = """
SELECT asked.reader, asked.party, sum(later.number)
FROM unnest(%s::bigint[], %s::bigint[]) AS asked(reader, party)
JOIN chat_participant ON chat_participant.party_id = asked.party
JOIN chat_conversation ON chat_conversation.id = chat_participant.conversation_id
LEFT JOIN chat_readmark AS mark ON mark.conversation_id = chat_conversation.id
                               AND mark.party_id = asked.party AND mark.user_id = asked.reader
CROSS JOIN LATERAL (
    SELECT count(*) AS number FROM chat_message
    WHERE conversation_id = chat_conversation.id AND seq > COALESCE(mark.seq, 0) AND by_id <> asked.reader
) AS later
WHERE chat_conversation.said_seq > COALESCE(mark.seq, 0) AND mark.muted_at IS NULL
GROUP BY asked.reader, asked.party
"""


def with_unread(conversations: QuerySet[Conversation], actor: Actor) -> QuerySet[Conversation]:
    """Each with `unread`: messages after the actor's mark that somebody else wrote. Cards are nobody's."""
    own = ReadMark.objects.filter(conversation=OuterRef("pk"), party=actor.party_id, user=actor.user_id)
    read = conversations.annotate(read_seq=Coalesce(Subquery(own.values("seq")), 0))
    later = _later(Message.objects.filter(conversation=OuterRef("pk")), actor.user_id)
    return read.annotate(unread=Coalesce(Subquery(later, output_field=IntegerField()), 0))


def unread_of(user_id: int, party_ids: Iterable[int]) -> dict[int, int]:
    """Of each of a person's parties how many messages wait for her, muted conversations aside: one query."""
    found = unread_of_members((user_id, party_id) for party_id in party_ids)
    return {party_id: unread for (_user, party_id), unread in found.items()}


def unread_of_members(members: Iterable[tuple[int, int]]) -> dict[tuple[int, int], int]:
    """As `unread_of`, for many people at once: keys of a person and of a party that she acts for. One query."""
    wanted = list(set(members))
    if not wanted:
        return {}
    users, parties = zip(*wanted, strict=True)
    with connection.cursor() as cursor:
        cursor.execute(UNREAD, [list(users), list(parties)])
        return {(user, party): int(unread) for user, party, unread in cursor.fetchall()}


def unread_count(actor: Actor) -> int:
    if actor.party_id is None or actor.user_id is None:
        return 0
    return unread_of(actor.user_id, [actor.party_id]).get(actor.party_id, 0)


def _later(messages: QuerySet[Message], user_id: int | None) -> QuerySet:
    said = messages.filter(seq__gt=OuterRef("read_seq"), by__isnull=False).exclude(by=user_id)
    return said.order_by().values("conversation").annotate(number=Count("pk")).values("number")
