from functools import partial

from django.db import transaction

from marketplace.accounts.events import MemberRemoved
from marketplace.accounts.models import User
from marketplace.core.models import Event
from marketplace.core.outbox.registry import handles
from marketplace.notifications.live import hint


@handles(MemberRemoved)
def close_the_sockets(event: Event) -> None:
    """She hears nothing more of the party."""
    user = User.objects.get(public_id=event.data["user"])
    transaction.on_commit(partial(hint, user.pk, "membership.ended"))
