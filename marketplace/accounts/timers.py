"""What happens to people's affairs by itself."""

from marketplace.accounts.events import (
    ExportExpired,
    InvitationExpired,
    RepresentationChangeAnswered,
    RepresentationClosed,
)
from marketplace.accounts.machine import EXPORT, INVITATION, REPRESENTATION
from marketplace.accounts.models import DataExport, Invitation, Representation
from marketplace.accounts.services import representations
from marketplace.accounts.services.members import EXPIRY_TIMER
from marketplace.accounts.steps.erasure import ERASE_TIMER, erase
from marketplace.accounts.steps.exports import EXPORT_TIMER
from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.core.locks import lock
from marketplace.core.record import record
from marketplace.core.timers.registry import on_timer


@on_timer(EXPIRY_TIMER)
def expire_invitation(aggregate: str, actor: Actor) -> None:
    for invitation in lock(Invitation.objects.filter(public_id=aggregate), "party"):
        if INVITATION.can(invitation, "expire"):
            move = INVITATION.fire(invitation, "expire")
            invitation.save(update_fields=["state"])
            record(InvitationExpired(aggregate=aggregate), by=actor, move=move)


@on_timer(representations.EXPIRE)
def expire_request(aggregate: str, actor: Actor) -> None:
    """Seven days without an answer."""
    for asked in lock(Representation.objects.filter(public_id=aggregate), "representation"):
        if REPRESENTATION.can(asked, "expire"):
            move = REPRESENTATION.fire(asked, "expire")
            asked.save(update_fields=["state"])
            record(RepresentationClosed(aggregate=aggregate, how=move.target), by=actor, move=move)


@on_timer(representations.CHANGE_EXPIRE)
def expire_change(aggregate: str, actor: Actor) -> None:
    """Seven days without an answer: the old terms stay."""
    for current in lock(Representation.objects.filter(public_id=aggregate), "representation"):
        if REPRESENTATION.can(current, "decline_change"):
            move = REPRESENTATION.fire(current, "decline_change")
            current.proposed_change, current.proposed_by = None, None
            current.save(update_fields=["state", "proposed_change", "proposed_by"])
            record(RepresentationChangeAnswered(aggregate=aggregate, accepted=False), by=actor, move=move)


@on_timer(representations.FINISH)
def finish_representation(aggregate: str, actor: Actor) -> None:
    for current in lock(Representation.objects.filter(public_id=aggregate), "representation"):
        if REPRESENTATION.can(current, "finish"):
            representations.finish(current, by=actor, on=clock.today())


@on_timer(EXPORT_TIMER)
def expire_export(aggregate: str, actor: Actor) -> None:
    """Seven days after it was made, the copy is gone."""
    for export in lock(DataExport.objects.filter(public_id=aggregate), "user"):
        if EXPORT.can(export, "expire"):
            move = EXPORT.fire(export, "expire")
            export.content = None
            export.save(update_fields=["state", "content"])
            record(ExportExpired(aggregate=aggregate), by=actor, move=move)


@on_timer(ERASE_TIMER)
def erase_person(aggregate: str, actor: Actor) -> None:
    erase(aggregate, by=actor)
