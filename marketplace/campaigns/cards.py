"""What the conversation about an application shows of it: what happened, and each offer with its answer."""

from dataclasses import dataclass

from marketplace.campaigns.models import Application, Offer
from marketplace.campaigns.policies import CANDIDACY, CandidacyAction, side_of
from marketplace.campaigns.selectors.candidates import OfferView, negotiation_of
from marketplace.chat.cards import Card, draws
from marketplace.core.actor import Actor
from marketplace.core.models import Event

EVENT, OFFER = "application_event", "offer"


@dataclass(frozen=True, slots=True)
class EventCard:
    name: str
    application: Application
    contract: str


@dataclass(frozen=True, slots=True)
class OfferCard:
    """`may_accept` and `may_counter`: it is on the table, and the reader's side answers it."""

    view: OfferView
    application: Application
    mine: bool
    may_accept: bool
    may_counter: bool


@draws(EVENT)
def draw_events(actor: Actor, ids: list[str]) -> dict[str, Card]:
    found = list(Event.objects.filter(pk__in=[int(one) for one in ids]))
    applications = {
        one.public_id: one
        for one in Application.objects.visible_to(actor).filter(public_id__in=[event.aggregate for event in found])
    }
    return {
        str(one.pk): Card(
            "campaigns/cards/event.html",
            EventCard(one.name, applications[one.aggregate], str(one.data.get("contract", ""))),
        )
        for one in found
        if one.aggregate in applications
    }


@draws(OFFER)
def draw_offers(actor: Actor, ids: list[str]) -> dict[str, Card]:
    visible = Application.objects.visible_to(actor).select_related("task__party", "anchor", "by_party")
    cards: dict[str, Card] = {}
    for application in visible.filter(offers__in=Offer.objects.filter(public_id__in=ids)).distinct():
        side = side_of(actor, application)
        for view in negotiation_of(application):
            answers = view.is_open and side is not None and view.offer.side != side
            drawn = OfferCard(
                view=view,
                application=application,
                mine=view.offer.side == side,
                may_accept=answers and CANDIDACY.can(actor, CandidacyAction.ANSWER, application),
                may_counter=answers and CANDIDACY.can(actor, CandidacyAction.COUNTER, application),
            )
            cards[view.offer.public_id] = Card("campaigns/cards/offer.html", drawn)
    return cards
