"""Ending a V task: whoever was not chosen hears it, with a word; reserved money goes back."""

from marketplace.campaigns.events import VTaskClosed
from marketplace.campaigns.machine import NEGOTIATING, V_TASK, WAITING, ApplicationState
from marketplace.campaigns.models import Application, VTask
from marketplace.campaigns.steps.budget import return_budget
from marketplace.campaigns.steps.candidacy import close
from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.core.locks import lock
from marketplace.core.record import record
from marketplace.core.timers.schedule import cancel, schedule
from marketplace.core.tx import step

CLOSE = "v_task.close"


@step
def schedule_closing(task: VTask) -> None:
    """At the first instant of the day after `apply_by`, where the merchant lives."""
    schedule(CLOSE, task.public_id, due_at=clock.start_of(task.closes_on, task.party.time_zone))


@step
def close_task(task: VTask, *, by: Actor, how: str, word: str = "") -> None:
    """By the merchant everybody who waits is let go; at the deadline and with the last seat they stay for a decision
    (or on the waitlist), and only invitations end.
    """
    moved = V_TASK.fire(task, "close")
    task.closed_at = clock.now()
    task.save(update_fields=["state", "closed_at"])
    cancel(CLOSE, task.public_id)
    record(VTaskClosed(aggregate=task.public_id, how=how, word=word), by=by, move=moved)
    ending = [ApplicationState.INVITED, *(WAITING + NEGOTIATING if how == "merchant" else ())]
    for application in lock(Application.objects.filter(task=task, state__in=ending), "application"):
        close(application, "decline", by=by, by_side="merchant", word=word)
    if how == "merchant":
        return_budget(task, by=by)
