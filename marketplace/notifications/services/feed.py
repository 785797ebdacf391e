from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.core.tx import use_case
from marketplace.notifications.models import Notice


@use_case
def mark_all_read(*, actor: Actor) -> int:
    return Notice.objects.visible_to(actor).filter(read_at=None).update(read_at=clock.now())
