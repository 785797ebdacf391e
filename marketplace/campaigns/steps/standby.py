"""The bench of a V task, and calling from it: one at a time, in rank, until somebody takes the live over."""

from datetime import date, timedelta

from marketplace.campaigns.events import StandbyCallClosed, StandbyCalled, StandbyExhausted
from marketplace.campaigns.machine import STANDBY_CALL, WAITING, StandbyCallState
from marketplace.campaigns.models import Application, Standby, StandbyCall, VTask
from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.core.machine import values
from marketplace.core.record import record
from marketplace.core.timers.schedule import cancel, schedule
from marketplace.core.tx import step

CALL_EXPIRE = "standby.call_expire"
CALL_LIFE = timedelta(minutes=30)
BENCH_SIZE = 10


def bench_of(task: VTask) -> list[Standby]:
    """In rank; only those who still wait."""
    places = Standby.objects.filter(task=task, application__state__in=values(WAITING))
    found = list(places.select_related("application__anchor", "application__by_party").order_by("rank"))
    for place in found:
        place.task = task
        place.application.task = task
    return found


@step
def call_next(
    task: VTask, *, contract: str, absence: str, again_on: date, most_minor: int, by: Actor
) -> StandbyCall | None:
    """Ask the next one who has not been asked about this absence, for at most `most_minor`: what is left of the fee.
    None: nobody is left, and the merchant is told.

    The caller has locked the V task. While somebody is being asked, nobody else is.
    """
    calls = StandbyCall.objects.filter(absence=absence)
    if there := calls.filter(state=StandbyCallState.OPEN).first():
        return there
    asked = set(calls.values_list("application_id", flat=True))
    place = next((one for one in bench_of(task) if one.application_id not in asked), None)
    if place is None:
        record(StandbyExhausted(aggregate=task.public_id, contract=contract, absence=absence), by=by)
        return None
    call = StandbyCall.objects.create(
        application=place.application,
        contract=contract,
        absence=absence,
        fee_minor=min(place.offered_minor, most_minor),
        currency=task.currency,
        again_on=again_on,
        called_at=clock.now(),
        answer_by=clock.now() + CALL_LIFE,
    )
    schedule(CALL_EXPIRE, call.public_id, due_at=call.answer_by)
    called = StandbyCalled(
        aggregate=place.application.public_id, call=call.public_id, answer_by=call.answer_by.isoformat()
    )
    record(called, by=by)
    return call


@step
def close_call(call: StandbyCall, transition: str, *, by: Actor) -> None:
    move = STANDBY_CALL.fire(call, transition)
    call.closed_at = clock.now()
    call.save(update_fields=["state", "closed_at"])
    cancel(CALL_EXPIRE, call.public_id)
    closed = StandbyCallClosed(aggregate=call.application.public_id, call=call.public_id, how=call.state)
    record(closed, by=by, move=move)


@step
def renumber(task: VTask, order: list[Application]) -> None:
    """Ranks 1, 2, 3 …; the database lets them cross while the transaction lasts."""
    for rank, application in enumerate(order, start=1):
        Standby.objects.filter(task=task, application=application).update(rank=rank)
