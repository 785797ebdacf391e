"""What happens to people's affairs by itself."""

from marketplace.accounts.events import InvitationExpired
from marketplace.accounts.machine import INVITATION
from marketplace.accounts.models import Invitation
from marketplace.core.actor import Actor
from marketplace.core.locks import lock
from marketplace.core.record import record
from marketplace.core.timers.registry import on_timer


@on_timer("invitation.expire")
def expire_invitation(aggregate: str, actor: Actor) -> None:
    for invitation in lock(Invitation.objects.filter(public_id=aggregate), "party"):
        if INVITATION.can(invitation, "expire"):
            move = INVITATION.fire(invitation, "expire")
            invitation.save(update_fields=["state"])
            record(InvitationExpired(aggregate=aggregate), by=actor, move=move)
