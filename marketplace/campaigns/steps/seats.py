"""Seats never oversell: taken and returned under the task's lock, and the database counts too."""

from marketplace.campaigns.errors import NoSeatLeft
from marketplace.campaigns.events import ApplicationSorted, SeatReturned
from marketplace.campaigns.machine import ApplicationState
from marketplace.campaigns.models import Application, VTask
from marketplace.campaigns.steps.candidacy import move
from marketplace.core.actor import Actor
from marketplace.core.locks import lock
from marketplace.core.record import record
from marketplace.core.tx import step

QUEUE = (ApplicationState.APPLIED, ApplicationState.SHORTLISTED)


@step
def take_seat(task: VTask, *, by: Actor) -> None:
    """One seat of a locked task. Raises NoSeatLeft. With the last one, whoever still waits goes to the waitlist."""
    if task.seats_taken >= task.seats:
        raise NoSeatLeft
    task.seats_taken += 1
    task.save(update_fields=["seats_taken"])
    if task.seats_taken == task.seats:
        waiting = Application.objects.filter(task=task, state__in=[state.value for state in QUEUE])
        for application in lock(waiting, "application"):
            moved = move(application, "waitlist")
            record(ApplicationSorted(aggregate=application.public_id, lane="waitlisted"), by=by, move=moved)


@step
def return_seat(task: VTask, application: Application, *, by: Actor) -> None:
    """Its contract binds nobody: the seat is free again, and the waitlist is told."""
    task.seats_taken -= 1
    task.save(update_fields=["seats_taken"])
    record(SeatReturned(aggregate=task.public_id, application=application.public_id), by=by)
