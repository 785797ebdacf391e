"""The switch of the platform's finance: all payouts stop where they are, and go on."""

from typing import TypeVar

from marketplace.core.actor import Actor
from marketplace.core.locks import lock
from marketplace.core.record import record, record_all
from marketplace.core.tx import use_case
from marketplace.payments.errors import PauseUnchanged, ReasonNeeded
from marketplace.payments.events import PayoutLetGo, PayoutsPausedByStaff, PayoutsResumed, TransferLetGo
from marketplace.payments.machine import PayoutState, TransferState
from marketplace.payments.models import Payout, PayoutPause, Transfer
from marketplace.payments.policies import PAYOUTS, PayoutAction
from marketplace.payments.selectors.pausing import latest_switch
from marketplace.payments.steps.pausing import hold_the_switch, pause_that_holds

CHUNK = 500
M = TypeVar("M", Transfer, Payout)


@use_case
def pause_payouts(*, actor: Actor, reason: str) -> PayoutPause:
    """From when this returns nothing new is planned, approved or submitted. Raises PauseUnchanged, ReasonNeeded,
    Forbidden."""
    switch = _turn(actor, reason, paused=True)
    record(PayoutsPausedByStaff(aggregate=switch.public_id, reason=switch.reason), by=actor)
    return switch


@use_case
def resume_payouts(*, actor: Actor, reason: str) -> PayoutPause:
    """What was stopped goes on by itself. Raises PauseUnchanged, ReasonNeeded, Forbidden."""
    switch = _turn(actor, reason, paused=False)
    record(PayoutsResumed(aggregate=switch.public_id, reason=switch.reason), by=actor)
    return switch


@use_case
def wake_transfers(*, actor: Actor) -> int:
    """The next that a pause stopped: whoever takes them to the provider is told again. Returns how many."""
    PAYOUTS.authorise(actor, PayoutAction.RUN)
    woken = _stopped(Transfer, "transfer")
    pending = [one for one in woken if one.state == TransferState.PENDING]
    record_all([TransferLetGo(aggregate=transfer.public_id) for transfer in pending], by=actor)
    return len(woken)


@use_case
def wake_payouts(*, actor: Actor) -> int:
    PAYOUTS.authorise(actor, PayoutAction.RUN)
    woken = _stopped(Payout, "payout")
    pending = [one for one in woken if one.state == PayoutState.PENDING]
    record_all([PayoutLetGo(aggregate=payout.public_id) for payout in pending], by=actor)
    return len(woken)


def _stopped(model: type[M], rank: str) -> list[M]:
    if pause_that_holds():
        return []
    some = list(model.objects.filter(stopped=True).order_by("pk").values_list("pk", flat=True)[:CHUNK])
    woken = lock(model.objects.filter(pk__in=some, stopped=True), rank)
    model.objects.filter(pk__in=[one.pk for one in woken]).update(stopped=False)
    return woken


def _turn(actor: Actor, reason: str, *, paused: bool) -> PayoutPause:
    PAYOUTS.authorise(actor, PayoutAction.PAUSE)
    reason = reason.strip()
    if not reason:
        raise ReasonNeeded
    hold_the_switch()
    last = latest_switch()
    if paused == (last is not None and last.paused):
        raise PauseUnchanged
    number = last.number + 1 if last else 1
    return PayoutPause.objects.create(number=number, paused=paused, reason=reason, by_id=actor.user_id)
