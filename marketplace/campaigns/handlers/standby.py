"""When an anchor does not come: the bench is called, whoever it concerns is told, the seat changes hands."""

from marketplace.campaigns.events import (
    ApplicationClosed,
    BenchChanged,
    StandbyCallClosed,
    StandbyCalled,
    StandbyExhausted,
)
from marketplace.campaigns.handlers.telling import application_of, facts_about, task_of, tell, tell_anchor
from marketplace.campaigns.machine import APPLICATION, WAITING, ApplicationState, StandbyCallState
from marketplace.campaigns.models import Application, Standby, StandbyCall, VTask
from marketplace.campaigns.steps.candidacy import move
from marketplace.campaigns.steps.locks import lock_own_task
from marketplace.campaigns.steps.standby import close_call
from marketplace.campaigns.steps.taking_over import call_for
from marketplace.contracts.events import AbsenceAnswered, AbsenceStands, ContractHandedOver, ContractLapsed
from marketplace.contracts.machine import AbsenceState
from marketplace.contracts.models import Absence, Deliverable
from marketplace.contracts.steps.absences import lock_absence
from marketplace.core.actor import Actor, Source
from marketplace.core.locks import lock
from marketplace.core.models import Event
from marketplace.core.outbox.registry import handles
from marketplace.core.record import record

SYSTEM = Actor.system("standby", Source.SYSTEM)


@handles(BenchChanged)
def tell_who_stands_by(event: Event) -> None:
    if event.data["how"] == "put":
        tell_anchor(application_of(event.data["application"]), "standby_put")


@handles(AbsenceStands)
def call_the_bench(event: Event) -> None:
    subject = Deliverable.objects.values_list("contract__subject", flat=True).get(public_id=event.aggregate)
    if VTask.objects.filter(public_id=subject).exists():
        call_for(lock_own_task(SYSTEM, subject), lock_absence(SYSTEM, event.data["absence"]), by=SYSTEM)


@handles(StandbyCalled)
def ask_her(event: Event) -> None:
    call = StandbyCall.objects.get(public_id=event.data["call"])
    if call.state != StandbyCallState.OPEN:
        return
    application = application_of(event.aggregate)
    minutes = int((call.answer_by - call.called_at).total_seconds() // 60)
    said = facts_about(application) | {"fee": str(call.fee), "day": call.again_on.isoformat(), "minutes": minutes}
    for party in {application.anchor, application.by_party}:
        tell(party, "standby_called", said, f"/standby/{call.public_id}/")


@handles(StandbyCallClosed)
def tell_who_takes_over(event: Event) -> None:
    """Of a no, and of silence, the merchant reads on the bench; it hears of a yes."""
    if event.data["how"] == StandbyCallState.ACCEPTED:
        application = application_of(event.aggregate)
        path = f"/contracts/{application.contract}/"
        said = facts_about(application) | {"name": application.anchor.name}
        tell(application.task.party, "standby_accepted", said, path)


@handles(StandbyExhausted)
def tell_that_nobody_is_left(event: Event) -> None:
    task = task_of(event.aggregate)
    tell(task.party, "standby_exhausted", {"title": task.title}, f"/contracts/{event.data['contract']}/")


@handles(AbsenceAnswered)
def stop_calling(event: Event) -> None:
    """She came after all."""
    for call in StandbyCall.objects.filter(absence=event.data["absence"], state=StandbyCallState.OPEN):
        [task] = lock(VTask.objects.filter(pk=call.application.task_id), "v_task")
        call.refresh_from_db()
        if task and call.state == StandbyCallState.OPEN:
            close_call(call, "drop", by=SYSTEM)


@handles(ContractHandedOver)
def hand_the_seat_over(event: Event) -> None:
    """No seat is taken and none returned: one candidate leaves it, the other one has it."""
    found = Application.objects.filter(contract__in=[event.aggregate, event.data["successor"]])
    tasks = lock(VTask.objects.filter(pk__in=found.values("task_id")), "v_task")
    by_contract = {one.contract: one for one in lock(found, "application")}
    leaves, takes = by_contract.get(event.aggregate), by_contract.get(event.data["successor"])
    if not tasks or leaves is None or takes is None or takes.state == ApplicationState.ACCEPTED:
        return
    moved = move(leaves, "lapse")
    closed = ApplicationClosed(aggregate=leaves.public_id, how=moved.target, by_side="contract")
    record(closed, by=SYSTEM, move=moved)
    if APPLICATION.can(takes, "take_over"):
        move(takes, "take_over")
    Standby.objects.filter(application=takes).delete()


@handles(ContractLapsed)
def ask_the_next_one(event: Event) -> None:
    """She did not sign after all, or the merchant did not: she waits again, and whoever is next is asked."""
    waits = Application.objects.filter(contract=event.aggregate, state__in=[state.value for state in WAITING])
    application = waits.select_related("task").first()
    if application is None:
        return
    task = lock_own_task(SYSTEM, application.task.public_id)
    for one in lock(waits, "application"):
        one.contract = ""
        one.save(update_fields=["contract"])
    call = StandbyCall.objects.filter(application=application, state=StandbyCallState.ACCEPTED).order_by("-id").first()
    if call is None:
        return
    absence = Absence.objects.filter(public_id=call.absence, state=AbsenceState.STANDS).first()
    if absence is not None:
        call_for(task, lock_absence(SYSTEM, absence.public_id), by=SYSTEM)
