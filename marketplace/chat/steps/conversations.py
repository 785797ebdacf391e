from collections.abc import Iterable
from datetime import timedelta

from marketplace.accounts.models import Party, User
from marketplace.chat.errors import Blocked, TooManyConversations
from marketplace.chat.models import About, Conversation, Participant, ReadMark
from marketplace.chat.selectors.conversations import blocked_between, opened_since
from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.core.locks import lock
from marketplace.core.tx import step

AN_HOUR = 5


@step
def open_conversation(
    *,
    about: About = About.CONTRACT,
    subject: str,
    title: str,
    path: str,
    parties: Iterable[Party],
    opened_by_id: int | None = None,
) -> Conversation:
    """The one about `subject` (a public id), with these parties; the second time it is there already."""
    fresh = Conversation(about=about, subject=subject, title=title[:120], path=path, opened_by_id=opened_by_id)
    Conversation.objects.bulk_create([fresh], ignore_conflicts=True)
    conversation = Conversation.objects.get(subject=subject)
    those = [Participant(conversation=conversation, party=party) for party in parties]
    Participant.objects.bulk_create(those, ignore_conflicts=True)
    return conversation


@step
def begin_conversation(
    *, actor: Actor, about: About, subject: str, title: str, path: str, parties: Iterable[Party]
) -> Conversation:
    """As `open_conversation`, for a person who wants to talk: five new ones an hour, and none with whom one's party
    blocks or is blocked by.

    Raises TooManyConversations, Blocked.
    """
    sides = list(parties)
    lock(User.objects.filter(pk=actor.user_id), "user")  # two tabs at once are counted one after the other
    if not Conversation.objects.filter(subject=subject).exists():
        if blocked_between([party.pk for party in sides]):
            raise Blocked
        if opened_since(actor.user_id, clock.now() - timedelta(hours=1)) >= AN_HOUR:
            raise TooManyConversations(most=AN_HOUR)
    return open_conversation(
        about=about, subject=subject, title=title, path=path, parties=sides, opened_by_id=actor.user_id
    )


@step
def mark_read_up_to(conversation: Conversation, seq: int, *, actor: Actor) -> bool:
    """Never back: two tabs may ask in any order. Whether it moved."""
    mark = own_mark(conversation, actor)
    return bool(mark.filter(seq__lt=seq).update(seq=seq))


@step
def own_mark(conversation: Conversation, actor: Actor):
    """How this person stands to it, as a row that is there."""
    mark = {"conversation": conversation, "party_id": actor.party_id, "user_id": actor.user_id}
    ReadMark.objects.bulk_create([ReadMark(**mark)], ignore_conflicts=True)
    return ReadMark.objects.filter(**mark)
