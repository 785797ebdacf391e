"""Merchant and candidate can talk from the invitation or the application on; what happens to it is shown there."""

from marketplace.campaigns import events
from marketplace.campaigns.cards import EVENT, OFFER
from marketplace.campaigns.handlers.telling import application_of, path_of
from marketplace.chat.models import About
from marketplace.chat.steps.conversations import open_conversation
from marketplace.chat.steps.logging import show_card
from marketplace.core.models import Event
from marketplace.core.outbox.registry import handles


@handles(
    events.AnchorInvited,
    events.AnchorApplied,
    events.ApplicationUnanswered,
    events.ApplicationClosed,
    events.OfferExtended,
    events.OfferRescinded,
    events.OfferAccepted,
)
def show_what_happened(event: Event) -> None:
    show(event, EVENT, str(event.pk))


@handles(events.OfferMade)
def show_the_offer(event: Event) -> None:
    show(event, OFFER, event.data["offer"])


def show(event: Event, card: str, card_id: str) -> None:
    """Deliveries come in any order: whichever is first opens the conversation."""
    application = application_of(event.aggregate)
    sides = {application.task.party, application.anchor, application.by_party}
    open_conversation(
        about=About.APPLICATION,
        subject=application.public_id,
        title=f"{application.anchor.name} · {application.task.title}",
        path=path_of(application),
        parties=sorted(sides, key=lambda party: party.pk),
    )
    show_card(application.public_id, card, card_id)
