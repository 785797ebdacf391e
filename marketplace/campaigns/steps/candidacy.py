"""What every move of a candidacy shares."""

from datetime import timedelta

from marketplace.campaigns.events import ApplicationClosed
from marketplace.campaigns.machine import APPLICATION, OFFER, WAITING, ApplicationState, OfferState
from marketplace.campaigns.models import Application, Offer
from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.core.machine import Move, values
from marketplace.core.record import record
from marketplace.core.timers.schedule import cancel, schedule
from marketplace.core.tx import step

DECIDE_WITHIN = timedelta(days=5)
INVITATION_LIFE = timedelta(days=7)
OFFER_LIFE = timedelta(hours=72)  # once extended by as much (Collabstr)
OFFER_REMIND_BEFORE = timedelta(hours=12)
DECIDE, INVITATION_EXPIRE = "application.decide", "application.invitation_expire"
OFFER_EXPIRE, OFFER_REMIND = "offer.expire", "offer.remind"


@step
def move(application: Application, transition: str) -> Move:
    """Fire and save; the merchant's clock runs while somebody waits for a decision, and only then."""
    moved = APPLICATION.fire(application, transition)
    application.moved_at = clock.now()
    application.save(update_fields=["state", "moved_at"])
    if moved.target not in values(WAITING):
        cancel(DECIDE, application.public_id)
    if moved.source == ApplicationState.INVITED:
        cancel(INVITATION_EXPIRE, application.public_id)
    return moved


@step
def start_decision_clock(application: Application) -> None:
    application.decide_by = clock.now() + DECIDE_WITHIN
    application.save(update_fields=["decide_by"])
    schedule(DECIDE, application.public_id, due_at=application.decide_by)


@step
def close(application: Application, transition: str, *, by: Actor, by_side: str, word: str = "") -> None:
    """End a candidacy without a deal; an offer on the table goes with it."""
    moved = move(application, transition)
    if word:
        application.closing_words = word
        application.save(update_fields=["closing_words"])
    close_offers(application, {"decline": "decline", "expire": "expire"}.get(transition, "rescind"))
    closed = ApplicationClosed(aggregate=application.public_id, how=moved.target, by_side=by_side, word=word)
    record(closed, by=by, move=moved)


@step
def close_offers(application: Application, transition: str) -> None:
    for offer in Offer.objects.filter(application=application, state=OfferState.OPEN):
        close_offer(offer, transition)


@step
def close_offer(offer: Offer, transition: str) -> None:
    OFFER.fire(offer, transition)
    offer.closed_at = clock.now()
    offer.save(update_fields=["state", "closed_at"])
    for kind in (OFFER_EXPIRE, OFFER_REMIND):
        cancel(kind, offer.public_id)
