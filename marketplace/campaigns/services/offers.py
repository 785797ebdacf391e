"""Offer and counter-offer, as a log: whole terms each time, one on the table, whoever did not make it answers."""

from marketplace.campaigns.errors import (
    AlreadyExtended,
    NoSeatLeft,
    NothingChanged,
    NotWaiting,
    NotYourTurn,
    OfferMoved,
    TaskNotOpen,
)
from marketplace.campaigns.events import OfferAccepted, OfferExtended, OfferMade, OfferRescinded
from marketplace.campaigns.machine import VTaskState
from marketplace.campaigns.models import Application, Offer, Side
from marketplace.campaigns.policies import CANDIDACY, CandidacyAction, side_of
from marketplace.campaigns.steps.candidacy import (
    OFFER_EXPIRE,
    OFFER_LIFE,
    OFFER_REMIND,
    OFFER_REMIND_BEFORE,
    close_offer,
    move,
    start_decision_clock,
)
from marketplace.campaigns.steps.closing import close_task
from marketplace.campaigns.steps.locks import lock_application
from marketplace.campaigns.steps.seats import take_seat
from marketplace.campaigns.steps.terms import check_terms
from marketplace.contracts.steps.drafting import draft_contract
from marketplace.contracts.steps.self_dealing import refuse_self_dealing
from marketplace.contracts.terms import DealTerms, changes
from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.core.errors import Forbidden, IllegalTransition
from marketplace.core.machine import Move
from marketplace.core.record import record
from marketplace.core.timers.schedule import schedule
from marketplace.core.tx import use_case


@use_case
def make_offer(*, actor: Actor, public_id: str, terms: DealTerms, message: str = "") -> Offer:
    """The merchant's first offer to a candidate. Raises NoSeatLeft, NotWaiting, SelfDealing, ImpossibleTerms,
    IllegalTransition.
    """
    application = lock_application(actor, public_id)
    CANDIDACY.authorise(actor, CandidacyAction.OFFER, application)
    _still_wanted(application)
    if application.contract:  # she is taking another seat over
        raise NotWaiting
    refuse_self_dealing(application.task.party, application.anchor)
    check_terms(application.task, terms)
    moved = move(application, "offer")
    return _put_on_the_table(application, Side.MERCHANT, terms, message, actor, moved, before=None)


@use_case
def counter_offer(*, actor: Actor, public_id: str, answers: str, terms: DealTerms, message: str = "") -> Offer:
    """Other terms instead of the offer `answers`, by the side that it waits for.

    Raises NotYourTurn, OfferMoved, NothingChanged, ImpossibleTerms.
    """
    application, offer = _on_the_table(actor, public_id, answers, CandidacyAction.COUNTER)
    _still_wanted(application)
    if not changes(offer.deal, terms):
        raise NothingChanged
    check_terms(application.task, terms)
    close_offer(offer, "counter")
    side = side_of(actor, application)
    moved = move(application, "counter" if side == Side.ANCHOR else "counter_back")
    return _put_on_the_table(application, side, terms, message, actor, moved, before=offer)


@use_case
def accept_offer(*, actor: Actor, public_id: str, answers: str) -> Application:
    """Agree to the offer on the table: the seat is taken and the contract drafted, or nothing happens at all.

    Raises NotYourTurn, OfferMoved, NoSeatLeft, SelfDealing.
    """
    application, offer = _on_the_table(actor, public_id, answers, CandidacyAction.ANSWER)
    task = application.task
    _still_wanted(application)
    check_terms(task, offer.deal)
    moved = move(application, "accept")
    close_offer(offer, "accept")
    take_seat(task, by=actor)
    contract = draft_contract(
        actor=actor,
        merchant=task.party,
        anchor=application.anchor,
        subject=task.public_id,
        seat=application.public_id,
        title=task.title,
        deal=offer.deal,
        brief=task.brief,
        scope=task.scope,
        governing_language=task.governing_language,
    )
    application.contract = contract.public_id
    application.save(update_fields=["contract"])
    accepted = OfferAccepted(aggregate=public_id, offer=offer.public_id, contract=contract.public_id)
    record(accepted, by=actor, move=moved)
    if not task.seats_left and task.state in {VTaskState.OPEN, VTaskState.PAUSED}:
        close_task(task, by=actor, how="seats")
    return application


@use_case
def extend_offer(*, actor: Actor, public_id: str, offer_public_id: str) -> Offer:
    """Once, by 72 hours, by the side that made it. Raises AlreadyExtended, OfferMoved."""
    _application, offer = _own_on_the_table(actor, public_id, offer_public_id)
    if offer.extended_at is not None:
        raise AlreadyExtended
    offer.extended_at = clock.now()
    offer.expires_at += OFFER_LIFE
    offer.save(update_fields=["extended_at", "expires_at"])
    _start_clocks(offer)
    extended = OfferExtended(aggregate=public_id, offer=offer.public_id, expires_at=offer.expires_at.isoformat())
    record(extended, by=actor)
    return offer


@use_case
def rescind_offer(*, actor: Actor, public_id: str, offer_public_id: str) -> Application:
    """The merchant takes its offer back before it is answered; the candidate is on the shortlist again."""
    application, offer = _own_on_the_table(actor, public_id, offer_public_id)
    if offer.side != Side.MERCHANT:
        raise IllegalTransition(machine="application", state=application.state, transition="rescind")
    moved = move(application, "rescind")
    close_offer(offer, "rescind")
    start_decision_clock(application)
    record(OfferRescinded(aggregate=public_id, offer=offer.public_id), by=actor, move=moved)
    return application


def _still_wanted(application: Application) -> None:
    """A paused task goes on for those who have applied; one that is over or full does not."""
    if application.task.state not in {VTaskState.OPEN, VTaskState.PAUSED, VTaskState.CLOSED}:
        raise TaskNotOpen
    if not application.task.seats_left:
        raise NoSeatLeft


def _on_the_table(
    actor: Actor, public_id: str, offer_public_id: str, action: CandidacyAction
) -> tuple[Application, Offer]:
    """The open offer, which waits for the actor's side."""
    application = lock_application(actor, public_id)
    CANDIDACY.authorise(actor, action, application)
    offer = _open_offer(application, offer_public_id)
    if offer.side == side_of(actor, application):
        raise NotYourTurn
    return application, offer


def _own_on_the_table(actor: Actor, public_id: str, offer_public_id: str) -> tuple[Application, Offer]:
    """The open offer, which the actor's side made."""
    application = lock_application(actor, public_id)
    CANDIDACY.authorise(actor, CandidacyAction.ANSWER, application)
    offer = _open_offer(application, offer_public_id)
    if offer.side != side_of(actor, application):
        raise Forbidden(action="offer")
    return application, offer


def _open_offer(application: Application, offer_public_id: str) -> Offer:
    offer = application.offers.filter(state="open").first()
    if offer is None or offer.public_id != offer_public_id or offer.expires_at <= clock.now():
        raise OfferMoved
    return offer


def _put_on_the_table(
    application: Application,
    side: Side,
    terms: DealTerms,
    message: str,
    actor: Actor,
    moved: Move,
    *,
    before: Offer | None,
) -> Offer:
    offer = Offer.objects.create(
        application=application,
        number=application.offers.count() + 1,
        side=side,
        by_party_id=actor.party_id,
        by_user_id=actor.user_id,
        terms=terms.as_json(),
        message=message.strip(),
        expires_at=clock.now() + OFFER_LIFE,
    )
    _start_clocks(offer)
    changed = [change.name for change in changes(before.deal, terms)] if before else []
    made = OfferMade(aggregate=application.public_id, offer=offer.public_id, by_side=side.value, changed=changed)
    record(made, by=actor, move=moved)
    return offer


def _start_clocks(offer: Offer) -> None:
    schedule(OFFER_EXPIRE, offer.public_id, due_at=offer.expires_at)
    schedule(OFFER_REMIND, offer.public_id, due_at=offer.expires_at - OFFER_REMIND_BEFORE)
