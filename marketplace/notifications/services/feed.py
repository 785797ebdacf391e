from functools import partial

from django.db import transaction

from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.core.tx import use_case
from marketplace.notifications.live import hint
from marketplace.notifications.models import Notice


@use_case
def mark_all_read(*, actor: Actor) -> int:
    """Read here is read in every other window, too."""
    read = Notice.objects.visible_to(actor).filter(read_at=None).update(read_at=clock.now())
    transaction.on_commit(partial(hint, actor.user_id, "feed.changed"))
    return read
