"""Reads about candidacies: the merchant's board, the anchor's list, one negotiation."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet

from marketplace.campaigns.machine import ApplicationState
from marketplace.campaigns.models import Application, Offer, VTask
from marketplace.contracts.terms import DealTerms, changes
from marketplace.contracts.wording import said_change
from marketplace.core.actor import Actor
from marketplace.core.errors import NotFound

# In the order in which the board shows them.
LANES = (
    ApplicationState.APPLIED,
    ApplicationState.SHORTLISTED,
    ApplicationState.OFFERED,
    ApplicationState.COUNTERED,
    ApplicationState.ACCEPTED,
    ApplicationState.INVITED,
    ApplicationState.WAITLISTED,
    ApplicationState.DECLINED,
    ApplicationState.WITHDRAWN,
    ApplicationState.EXPIRED,
)
MOST_COMPARED = 5


def list_applications(actor: Actor) -> QuerySet[Application]:
    related = Application.objects.visible_to(actor).select_related("task__party", "anchor__card", "by_party")
    return related.order_by("-moved_at", "-id")


def get_application(actor: Actor, public_id: str) -> Application:
    try:
        return list_applications(actor).get(public_id=public_id)
    except Application.DoesNotExist:
        raise NotFound from None


def list_applications_for(task: VTask, *, state: str = "") -> QuerySet[Application]:
    """The candidates of a task that the reader is the merchant of."""
    found = Application.objects.filter(task=task).select_related("task__party", "anchor", "by_party")
    return found.filter(state=state) if state else found


def list_own_applications(actor: Actor, *, state: str = "") -> QuerySet[Application]:
    """Where the actor's party is the anchor, or the agency that applied; with the offer on the table."""
    if actor.party_id is None:
        return Application.objects.none()
    on_the_table = Prefetch("offers", queryset=Offer.objects.filter(state="open"), to_attr="open_offers")
    mine = Application.objects.filter(anchor_id=actor.party_id) | Application.objects.filter(by_party_id=actor.party_id)
    if state:
        mine = mine.filter(state=state)
    related = mine.select_related("task__party", "anchor", "by_party")
    return related.prefetch_related(on_the_table).order_by("-moved_at", "-id")


def board_of(task: VTask) -> list[tuple[str, list[Application]]]:
    """Lane → candidates, the longest waiting first; empty lanes of the end are left out."""
    on_the_table = Prefetch("offers", queryset=Offer.objects.filter(state="open"), to_attr="open_offers")
    found = task.applications.select_related("anchor__card", "by_party").prefetch_related(on_the_table)
    by_state: dict[str, list[Application]] = {}
    for application in found.order_by("created_at", "id"):
        application.task = task
        by_state.setdefault(application.state, []).append(application)
    return [(lane.value, by_state.get(lane.value, [])) for lane in LANES]


def list_offers(application: Application) -> QuerySet[Offer]:
    """The log, the first offer first."""
    return application.offers.select_related("by_party").order_by("number")


def get_offer(application: Application, public_id: str) -> Offer:
    """Raises NotFound for one of another negotiation."""
    try:
        return application.offers.get(public_id=public_id)
    except Offer.DoesNotExist:
        raise NotFound from None


@dataclass(frozen=True, slots=True)
class OfferView:
    """One line of the log, with what it changed of the line before in words: (what, before, after)."""

    offer: Offer
    deal: DealTerms
    changed: Sequence[tuple[str, str, str]]
    is_open: bool


def negotiation_of(application: Application) -> list[OfferView]:
    """The whole log, oldest first."""
    views: list[OfferView] = []
    before: DealTerms | None = None
    for offer in application.offers.select_related("by_party", "by_user").order_by("number"):
        deal = offer.deal
        changed = [said_change(change, deal) for change in changes(before, deal)] if before else []
        views.append(OfferView(offer, deal, changed, offer.state == "open"))
        before = deal
    return views
