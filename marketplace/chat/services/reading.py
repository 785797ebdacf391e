"""Having heard of it, having read it, and not wanting to hear of it."""

from django.db.models import OuterRef, Subquery

from marketplace.chat.models import Conversation, Participant, ReadMark
from marketplace.chat.selectors.conversations import get_conversation
from marketplace.chat.steps.conversations import mark_read_up_to, own_mark
from marketplace.chat.steps.hints import hint_read
from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.core.errors import NotFound
from marketplace.core.tx import use_case


@use_case
def mark_read(*, actor: Actor, public_id: str, seq: int) -> None:
    """This person has seen everything up to `seq`. Raises NotFound."""
    conversation = get_conversation(actor, public_id)
    if seq > conversation.last_seq:
        raise NotFound
    if mark_read_up_to(conversation, seq, actor=actor):
        hint_read(conversation)


@use_case
def mark_arrived(*, actor: Actor) -> int:
    """An open page of this person heard of everything that was said to her party until now. How many conversations
    moved by it."""
    if actor.party_id is None or actor.user_id is None:
        return 0
    mark = ReadMark.objects.filter(conversation=OuterRef("conversation"), party=actor.party_id, user=actor.user_id)
    mine = Participant.objects.filter(party=actor.party_id, conversation__said_seq__gt=0)
    known = mine.annotate(arrived=Subquery(mark.values("arrived_seq")), read=Subquery(mark.values("seq")))
    behind = [
        (one.conversation_id, one.last)
        for one in known.annotate(last=Subquery(_last_seq()))
        if one.last > max(one.arrived or 0, one.read or 0)
    ]
    marks = [
        ReadMark(conversation_id=pk, party_id=actor.party_id, user_id=actor.user_id, arrived_seq=last)
        for pk, last in behind
    ]
    ReadMark.objects.bulk_create(
        marks,
        update_conflicts=True,
        unique_fields=["conversation", "party", "user"],
        update_fields=["arrived_seq"],
    )
    for conversation in Conversation.objects.filter(pk__in=[pk for pk, _last in behind]):
        hint_read(conversation)
    return len(behind)


def _last_seq():
    return Conversation.objects.filter(pk=OuterRef("conversation")).values("last_seq")


@use_case
def mute(*, actor: Actor, public_id: str, on: bool) -> None:
    """No mails and no count of it for this person; whoever names her still reaches her. Raises NotFound."""
    conversation = get_conversation(actor, public_id)
    own_mark(conversation, actor).update(muted_at=clock.now() if on else None)
