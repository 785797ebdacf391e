from functools import partial

from django.db import transaction

from marketplace.accounts.models import Membership
from marketplace.chat.models import Conversation
from marketplace.core.tx import step
from marketplace.notifications.live import hint


@step
def hint_to_readers(conversation: Conversation) -> None:
    """Open pages of everybody who takes part hear, once it is committed, up to which number there is something."""
    parties = conversation.participants.values("party")
    people = Membership.objects.filter(party__in=parties, removed_at=None).values_list("user_id", flat=True).distinct()
    for user_id in people:
        what = {"id": conversation.public_id, "seq": conversation.last_seq}
        transaction.on_commit(partial(hint, user_id, "conversation.moved", **what))
