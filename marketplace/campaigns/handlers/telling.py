"""What follows from a move between task and agreement: whoever must act, or waits, is told."""

from marketplace.accounts.models import Party, User
from marketplace.accounts.selectors import emails_of
from marketplace.campaigns.events import (
    AnchorApplied,
    AnchorInvited,
    ApplicationClosed,
    ApplicationSorted,
    ApplicationUnanswered,
    OfferAccepted,
    OfferExtended,
    OfferMade,
    OfferReminded,
    OfferRescinded,
    SeatReturned,
    VTaskClosed,
    VTaskOpened,
    VTaskRejected,
    VTaskReviewOverdue,
)
from marketplace.campaigns.machine import APPLICATION, ApplicationState
from marketplace.campaigns.models import Application, Offer, SearchHit, Side, VTask
from marketplace.campaigns.selectors.hall import searches_that_match
from marketplace.campaigns.steps.candidacy import move
from marketplace.campaigns.steps.locks import lock_application, lock_own_task
from marketplace.campaigns.steps.seats import return_seat
from marketplace.contracts.events import ContractCancelled, ContractFunded, ContractLapsed
from marketplace.contracts.steps.paying import RESERVE
from marketplace.core.actor import Actor, Role, Source, StaffRole
from marketplace.core.errors import NotFound
from marketplace.core.locks import lock
from marketplace.core.machine import Move
from marketplace.core.models import Event
from marketplace.core.outbox.registry import handles
from marketplace.core.record import record
from marketplace.ledger import chart
from marketplace.ledger.selectors import balance_of
from marketplace.notifications.steps.notify import notify
from marketplace.payments.events import ReserveChargedBack, ReserveLapsed
from marketplace.payments.steps.reserving import release_reserve

SYSTEM = Actor.system("campaigns", Source.SYSTEM)


@handles(VTaskOpened)
def tell_merchant_opened(event: Event) -> None:
    task = task_of(event.aggregate)
    tell(task.party, "v_task_opened", {"title": task.title}, task_path(task))


@handles(VTaskOpened)
def tell_saved_searches(event: Event) -> None:
    """Each search hears of a task once, however often this runs."""
    task = task_of(event.aggregate)
    for search in searches_that_match(task):
        _hit, is_new = SearchHit.objects.get_or_create(search=search, task=task)
        if is_new:
            facts = {"title": task.title, "name": search.name, "merchant": task.merchant_name}
            notify([search.user], "search_matched", facts=facts, path=task_path(task))


@handles(VTaskRejected)
def tell_merchant_rejected(event: Event) -> None:
    task = task_of(event.aggregate)
    facts = {"title": task.title, "reason": event.data["reason"]}
    tell(task.party, "v_task_rejected", facts, f"/v-tasks/{task.public_id}/")


@handles(VTaskReviewOverdue)
def tell_staff_of_review(event: Event) -> None:
    task = task_of(event.aggregate)
    staff = User.objects.filter(is_active=True, is_staff=True, staff_grants__role=StaffRole.OPERATIONS).distinct()
    notify(
        staff, "v_task_review_overdue", facts={"title": task.title}, path=f"/admin/campaigns/vtask/{task.pk}/change/"
    )


@handles(VTaskClosed)
def tell_merchant_closed(event: Event) -> None:
    """Not when it closed the task itself."""
    task = task_of(event.aggregate)
    if event.data["how"] != "merchant":
        kind = "v_task_full" if event.data["how"] == "seats" else "v_task_over"
        tell(task.party, kind, {"title": task.title}, f"/v-tasks/{task.public_id}/candidates/")


@handles(AnchorInvited)
def tell_invited(event: Event) -> None:
    application = application_of(event.aggregate)
    tell_anchor(application, "anchor_invited", {"words": application.invitation_words})


@handles(AnchorApplied)
def tell_merchant_applied(event: Event) -> None:
    application = application_of(event.aggregate)
    decide_by = application.decide_by.date().isoformat()
    tell_merchant(application, "anchor_applied", {"decide_by": decide_by})
    if application.by_party_id != application.anchor_id:
        facts = facts_about(application) | {"agency": application.by_party.name}
        tell(application.anchor, "agency_applied", facts, path_of(application))


@handles(ApplicationSorted)
def tell_sorted(event: Event) -> None:
    application = application_of(event.aggregate)
    kinds = {"shortlisted": "application_shortlisted", "waitlisted": "application_waitlisted"}
    if kind := kinds.get(event.data["lane"]):
        tell_anchor(application, kind)


@handles(ApplicationUnanswered)
def tell_both_unanswered(event: Event) -> None:
    application = application_of(event.aggregate)
    tell_merchant(application, "application_unanswered")
    tell_anchor(application, "application_still_waiting")


@handles(ApplicationClosed)
def tell_other_side_closed(event: Event) -> None:
    """The side that did not do it; both when the clock did."""
    application = application_of(event.aggregate)
    facts = {"word": event.data["word"]}
    by_side = event.data["by_side"]
    if by_side != "anchor":
        tell_anchor(application, "application_declined" if by_side == "merchant" else "application_expired", facts)
    if by_side != "merchant":
        tell_merchant(application, "application_withdrawn" if by_side == "anchor" else "application_expired", facts)


@handles(OfferMade)
def tell_offer(event: Event) -> None:
    application, offer = application_of(event.aggregate), offer_of(event)
    kind = "offer_made" if offer.number == 1 else "offer_countered"
    facts = {"amount": str(offer.fee), "expires_at": offer.expires_at.date().isoformat()}
    answering(offer)(application, kind, facts)


@handles(OfferExtended, OfferReminded)
def tell_offer_clock(event: Event) -> None:
    application, offer = application_of(event.aggregate), offer_of(event)
    kind = "offer_extended" if event.name == OfferExtended.name else "offer_ends_soon"
    answering(offer)(application, kind, {"expires_at": offer.expires_at.date().isoformat()})


@handles(OfferRescinded)
def tell_rescinded(event: Event) -> None:
    tell_anchor(application_of(event.aggregate), "offer_rescinded")


@handles(OfferAccepted)
def tell_accepted(event: Event) -> None:
    """The side whose offer it was; the contract itself asks everybody for a signature."""
    application, offer = application_of(event.aggregate), offer_of(event)
    said = tell_anchor if offer.side == Side.ANCHOR else tell_merchant
    said(application, "offer_accepted")


@handles(ContractFunded)
def take_from_budget(event: Event) -> None:
    """A contract that was paid from what was set aside for its V task leaves less of it."""
    if event.data["source"] != RESERVE:
        return
    application = Application.objects.get(contract=event.aggregate)
    for task in lock(VTask.objects.filter(pk=application.task_id).select_related("party"), "v_task"):
        task.reserved_minor = balance_of(chart.reserved(task.public_id, task.party_id), task.currency).amount_minor
        task.save(update_fields=["reserved_minor"])


@handles(ContractLapsed, ContractCancelled)
def free_the_seat(event: Event) -> None:
    """It binds nobody, or was called off before it was paid: the candidacy is over and the seat is free again."""
    if event.name == ContractCancelled.name and event.data["how"] != "called_off":
        return
    found = Application.objects.filter(contract=event.aggregate, state=ApplicationState.ACCEPTED).first()
    if found is None:
        return
    application = lock_application(SYSTEM, found.public_id)
    if not APPLICATION.can(application, "lapse"):
        return
    moved: Move = move(application, "lapse")
    closed = ApplicationClosed(aggregate=application.public_id, how=moved.target, by_side="contract")
    record(closed, by=SYSTEM, move=moved)
    return_seat(application.task, application, by=SYSTEM)


@handles(SeatReturned)
def tell_waitlist(event: Event) -> None:
    task = task_of(event.aggregate)
    tell(task.party, "seat_free", {"title": task.title}, f"/v-tasks/{task.public_id}/candidates/")
    for application in Application.objects.filter(task=task, state=ApplicationState.WAITLISTED):
        tell_anchor(application_of(application.public_id), "seat_free_again")


@handles(ReserveLapsed)
def forget_the_reserve(event: Event) -> None:
    """Day 85: the money is on its way back to its source, so the task is not funded any more."""
    try:
        task = lock_own_task(SYSTEM, event.aggregate)
    except NotFound:
        return
    task.reserved_minor = 0
    task.save(update_fields=["reserved_minor"])
    tell(task.party, "reserve_lapsed", {"title": task.title}, f"/v-tasks/{task.public_id}/")


@handles(ReserveChargedBack)
def give_the_rest_of_the_reserve_back(event: Event) -> None:
    """A payer's bank took of it, or gave it back: a budget is set aside whole or not at all."""
    known = VTask.objects.select_related("party").filter(public_id=event.aggregate).first()
    if known is None:
        return
    [party] = lock(Party.objects.filter(pk=known.party_id), "party")
    task = lock_own_task(SYSTEM, event.aggregate)
    was_funded = task.is_funded
    release_reserve(party=party, task=task.public_id, currency=task.currency)
    task.reserved_minor = 0
    task.save(update_fields=["reserved_minor"])
    if was_funded:
        tell(task.party, "reserve_charged_back", {"title": task.title}, f"/v-tasks/{task.public_id}/")


def task_of(public_id: str) -> VTask:
    return VTask.objects.select_related("party").get(public_id=public_id)


def application_of(public_id: str) -> Application:
    return Application.objects.select_related("task__party", "anchor", "by_party").get(public_id=public_id)


def offer_of(event: Event) -> Offer:
    return Offer.objects.get(public_id=event.data["offer"])


def answering(offer: Offer):
    """Whom an offer waits for."""
    return tell_anchor if offer.side == Side.MERCHANT else tell_merchant


def facts_about(application: Application) -> dict[str, object]:
    task = application.task
    return {"title": task.title, "anchor": application.anchor.name, "merchant": task.merchant_name}


def tell_merchant(application: Application, kind: str, facts: dict[str, object] | None = None) -> None:
    tell(application.task.party, kind, facts_about(application) | (facts or {}), path_of(application))


def tell_anchor(application: Application, kind: str, facts: dict[str, object] | None = None) -> None:
    """The anchor, and the agency that applied for her."""
    for party in {application.anchor, application.by_party}:
        tell(party, kind, facts_about(application) | (facts or {}), path_of(application))


def tell(party: Party, kind: str, facts: dict[str, object], path: str) -> None:
    notify(emails_of(party.pk, Role.OWNER, Role.MANAGER), kind, facts=facts, path=path, party=party)


def path_of(application: Application) -> str:
    return f"/applications/{application.public_id}/"


def task_path(task: VTask) -> str:
    return f"/tasks/{task.public_id}/"
