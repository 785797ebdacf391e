"""The standby bench: who takes over when an anchor does not come, in which order, for at most how much."""

from marketplace.campaigns.errors import BenchFull, CallOver, NotWaiting
from marketplace.campaigns.events import BenchChanged
from marketplace.campaigns.machine import WAITING, StandbyCallState
from marketplace.campaigns.models import Application, Side, Standby, StandbyCall
from marketplace.campaigns.policies import CANDIDACY, CandidacyAction, side_of
from marketplace.campaigns.steps.locks import lock_application
from marketplace.campaigns.steps.standby import BENCH_SIZE, bench_of, close_call, renumber
from marketplace.campaigns.steps.taking_over import call_for, take_over
from marketplace.contracts.steps.absences import lock_absence
from marketplace.core import clock
from marketplace.core.actor import Actor, Source
from marketplace.core.errors import Forbidden, NotFound
from marketplace.core.record import record
from marketplace.core.tx import use_case

SYSTEM = Actor.system("standby", Source.SYSTEM)


@use_case
def put_on_bench(*, actor: Actor, public_id: str, cap_minor: int) -> Standby:
    """A candidate stands by, last in rank, for at most so much; or for another cap where she does so already.

    Raises NotWaiting, BenchFull, Forbidden.
    """
    application = lock_application(actor, public_id)
    CANDIDACY.authorise(actor, CandidacyAction.OFFER, application)
    if application.state not in WAITING or application.contract:
        raise NotWaiting
    task = application.task
    there = Standby.objects.filter(application=application).first()
    if there is None and len(bench_of(task)) >= BENCH_SIZE:
        raise BenchFull
    last = Standby.objects.filter(task=task).order_by("-rank").values_list("rank", flat=True).first() or 0
    place, is_new = Standby.objects.update_or_create(
        application=application,
        defaults={"cap_minor": cap_minor},
        create_defaults={"task": task, "rank": last + 1, "cap_minor": cap_minor, "put_at": clock.now()},
    )
    how = "put" if is_new else "capped"
    record(BenchChanged(aggregate=task.public_id, application=public_id, how=how), by=actor)
    return place


@use_case
def take_off_bench(*, actor: Actor, public_id: str) -> Application:
    """By the merchant, or by her own side, at any time. Raises NotFound for whoever is not on it, Forbidden."""
    application = lock_application(actor, public_id)
    is_hers = side_of(actor, application) == Side.ANCHOR
    CANDIDACY.authorise(actor, CandidacyAction.WITHDRAW if is_hers else CandidacyAction.OFFER, application)
    gone, _rows = Standby.objects.filter(application=application).delete()
    if not gone:
        raise NotFound
    record(BenchChanged(aggregate=application.task.public_id, application=public_id, how="taken_off"), by=actor)
    return application


@use_case
def rank_on_bench(*, actor: Actor, public_id: str, up: bool) -> Application:
    """One place up or down; at the end of the bench nothing happens. Raises NotFound, Forbidden."""
    application = lock_application(actor, public_id)
    CANDIDACY.authorise(actor, CandidacyAction.OFFER, application)
    order = [place.application for place in bench_of(application.task)]
    if application not in order:
        raise NotFound
    at = order.index(application)
    to = at - 1 if up else at + 1
    if 0 <= to < len(order):
        order[at], order[to] = order[to], order[at]
        renumber(application.task, order)
        record(BenchChanged(aggregate=application.task.public_id, application=public_id, how="ranked"), by=actor)
    return application


@use_case
def answer_call(*, actor: Actor, public_id: str, accept: bool) -> StandbyCall:
    """Her side takes the live over, and a contract is drafted that all sign; or it does not, and the next one is asked.

    Raises CallOver, CapTooHigh, NotWaiting, AnotherTakesOver, Forbidden.
    """
    call = StandbyCall.objects.visible_to(actor).filter(public_id=public_id).select_related("application").first()
    if call is None:
        raise NotFound
    application = lock_application(actor, call.application.public_id)
    if side_of(actor, application) != Side.ANCHOR:
        raise Forbidden(action="answer_call")
    CANDIDACY.authorise(actor, CandidacyAction.ANSWER, application)
    call.refresh_from_db()
    call.application = application
    if call.state != StandbyCallState.OPEN or call.answer_by <= clock.now():
        raise CallOver
    absence = lock_absence(SYSTEM, call.absence)
    if accept:
        close_call(call, "accept", by=actor)
        take_over(call, absence, by=actor)
    else:
        close_call(call, "decline", by=actor)
        call_for(application.task, absence, by=actor)
    return call
