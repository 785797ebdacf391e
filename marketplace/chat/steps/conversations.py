from collections.abc import Iterable

from marketplace.accounts.models import Party
from marketplace.chat.models import Conversation, Participant, ReadMark
from marketplace.core.actor import Actor
from marketplace.core.tx import step


@step
def open_conversation(*, subject: str, title: str, path: str, parties: Iterable[Party]) -> Conversation:
    """The one about `subject` (a public id), with these parties; the second time it is there already."""
    fresh = Conversation(subject=subject, title=title[:120], path=path)
    Conversation.objects.bulk_create([fresh], ignore_conflicts=True)
    conversation = Conversation.objects.get(subject=subject)
    those = [Participant(conversation=conversation, party=party) for party in parties]
    Participant.objects.bulk_create(those, ignore_conflicts=True)
    return conversation


@step
def mark_read_up_to(conversation: Conversation, seq: int, *, actor: Actor) -> None:
    """Never back: two tabs may ask in any order."""
    mark = {"conversation": conversation, "party_id": actor.party_id, "user_id": actor.user_id}
    ReadMark.objects.bulk_create([ReadMark(**mark)], ignore_conflicts=True)
    ReadMark.objects.filter(**mark, seq__lt=seq).update(seq=seq)
