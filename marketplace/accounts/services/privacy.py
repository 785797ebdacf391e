"""A person's rights over her data: a copy of it, and its erasure."""

import io
import json
import zipfile
from datetime import timedelta

from marketplace.accounts.errors import ErasureBlocked
from marketplace.accounts.events import ErasureRequested, ErasureWithdrawn, ExportReady, ExportRequested
from marketplace.accounts.machine import ERASURE, EXPORT, ErasureState, ExportState
from marketplace.accounts.models import DataExport, ErasureRequest, User
from marketplace.accounts.steps.erasure import ERASE_TIMER, blocked_by
from marketplace.accounts.steps.exports import EXPORT_TIMER, gather
from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.core.errors import NotFound
from marketplace.core.locks import lock
from marketplace.core.record import record
from marketplace.core.timers.schedule import cancel, schedule
from marketplace.core.tx import use_case

EXPORT_LIFE = timedelta(days=7)
ERASURE_DELAY = timedelta(days=14)  # to change one's mind, and for us to notice a stolen account


@use_case
def request_export(*, actor: Actor) -> DataExport:
    """Ask for a copy; the worker makes it. While one is being made, asking again answers with that one."""
    user = _lock_self(actor)
    waiting = DataExport.objects.filter(user=user, state=ExportState.REQUESTED).first()
    if waiting:
        return waiting
    export = DataExport.objects.create(user=user)
    record(ExportRequested(aggregate=export.public_id), by=actor)
    return export


@use_case
def make_export(*, actor: Actor, public_id: str) -> DataExport:
    """Gather everything into one archive of JSON files."""
    export = DataExport.objects.select_for_update().select_related("user").get(public_id=public_id)
    if export.state != ExportState.REQUESTED:
        return export
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, part in gather(export.user).items():
            packed.writestr(f"{name}.json", json.dumps(part, indent=2, ensure_ascii=False, default=str))
    move = EXPORT.fire(export, "finish")
    export.content, export.ready_at = archive.getvalue(), clock.now()
    export.expires_at = export.ready_at + EXPORT_LIFE
    export.save()
    schedule(EXPORT_TIMER, public_id, due_at=export.expires_at)
    record(ExportReady(aggregate=public_id), by=actor, move=move)
    return export


@use_case
def request_erasure(*, actor: Actor) -> ErasureRequest:
    """Ask to be forgotten in 14 days. Raises ErasureBlocked while a party would be left without an owner."""
    user = _lock_self(actor)
    open_request = ErasureRequest.objects.filter(user=user, state=ErasureState.REQUESTED).first()
    if open_request:
        return open_request
    if party := blocked_by(user):
        raise ErasureBlocked(party=party)
    request = ErasureRequest.objects.create(user=user, due_at=clock.now() + ERASURE_DELAY)
    schedule(ERASE_TIMER, request.public_id, due_at=request.due_at)
    record(ErasureRequested(aggregate=request.public_id, due_at=request.due_at.isoformat()), by=actor)
    return request


@use_case
def withdraw_erasure(*, actor: Actor) -> None:
    user = _lock_self(actor)
    for request in ErasureRequest.objects.select_for_update().filter(user=user, state=ErasureState.REQUESTED):
        move = ERASURE.fire(request, "withdraw")
        request.closed_at = clock.now()
        request.save(update_fields=["state", "closed_at"])
        cancel(ERASE_TIMER, request.public_id)
        record(ErasureWithdrawn(aggregate=request.public_id), by=actor, move=move)


def _lock_self(actor: Actor) -> User:
    found = lock(User.objects.filter(pk=actor.user_id), "user")
    if not found:
        raise NotFound
    return found[0]
