"""What open pages are told, once it is committed: that something moved, and never what."""

from collections.abc import Iterable
from functools import partial

from django.db import transaction

from marketplace.chat.models import Conversation
from marketplace.chat.rooms import publish, room_of_party
from marketplace.core.tx import step


@step
def hint_moved(conversation: Conversation, parties: Iterable[str] | None = None) -> None:
    """Up to which number there is something: one frame a party, however many people it has."""
    _tell(conversation, {"conversation": conversation.public_id, "seq": conversation.last_seq}, parties)


@step
def hint_read(conversation: Conversation) -> None:
    """Somebody's mark moved: the lines under what the others wrote say something else now."""
    _tell(conversation, {"conversation": conversation.public_id, "marks": True})


def _tell(conversation: Conversation, what: dict[str, object], parties: Iterable[str] | None = None) -> None:
    if parties is None:
        parties = conversation.participants.values_list("party__public_id", flat=True)
    rooms = [room_of_party(party) for party in parties]
    transaction.on_commit(partial(publish, rooms, what))
