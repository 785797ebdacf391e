"""An agency acting for an anchor: asked by one side, answered by the other, changed and ended by the same rule."""

from datetime import date, timedelta

from django.db import IntegrityError
from django.db.backends.postgresql.psycopg_any import DateRange

from marketplace.accounts.errors import AlreadyRepresented, NotTheirTurn, RequestPending, WrongSides
from marketplace.accounts.events import (
    RepresentationAccepted,
    RepresentationAsked,
    RepresentationChangeAnswered,
    RepresentationChangeAsked,
    RepresentationClosed,
    RepresentationEnded,
    RepresentationEnding,
    RepresentationKept,
)
from marketplace.accounts.machine import REPRESENTATION
from marketplace.accounts.models import Party, PartyKind, Representation
from marketplace.accounts.policies import PARTY, PartyAction
from marketplace.accounts.representation_terms import Terms
from marketplace.accounts.steps.parties import lock_own_party
from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.core.errors import NotFound
from marketplace.core.locks import lock
from marketplace.core.record import record
from marketplace.core.timers.schedule import cancel, schedule
from marketplace.core.tx import use_case

ANSWER_WITHIN = timedelta(days=7)
LEAST_NOTICE_DAYS = 7
EXPIRE, CHANGE_EXPIRE, FINISH = "representation.expire", "representation.change_expire", "representation.finish"


@use_case
def ask_representation(*, actor: Actor, other_public_id: str, terms: Terms, message: str) -> Representation:
    """Ask the other side. The asking party is an agency and the other an anchor, or the other way round.

    Raises NotFound, WrongSides, AlreadyRepresented, RequestPending, Forbidden.
    """
    mine = lock_own_party(actor)
    PARTY.authorise(actor, PartyAction.REPRESENT, mine)
    other = Party.objects.filter(public_id=other_public_id).first()
    if other is None:
        raise NotFound
    sides = {mine.kind: mine, other.kind: other}
    if set(sides) != {PartyKind.AGENCY, PartyKind.ANCHOR}:
        raise WrongSides
    agency, anchor = sides[PartyKind.AGENCY], sides[PartyKind.ANCHOR]
    if Representation.objects.filter(agency=agency, anchor=anchor, state="requested").exists():
        raise RequestPending
    _refuse_overlap(anchor, terms)
    asked = Representation.objects.create(
        agency=agency, anchor=anchor, asked_by=mine, message=message, **columns(terms)
    )
    schedule(EXPIRE, asked.public_id, due_at=clock.now() + ANSWER_WITHIN)
    record(RepresentationAsked(aggregate=asked.public_id, by_party=mine.public_id, terms=terms.as_json()), by=actor)
    return asked


@use_case
def accept_representation(*, actor: Actor, public_id: str) -> Representation:
    """The asked side says yes; from now on the terms hold. Raises AlreadyRepresented, NotTheirTurn."""
    asked = _lock_mine(actor, public_id)
    _other_than(asked.asked_by_id, actor)
    move = REPRESENTATION.fire(asked, "accept")
    try:
        asked.save(update_fields=["state"])
    except IntegrityError as error:  # the exclusion constraint: somebody else represents her by now
        raise AlreadyRepresented from error
    cancel(EXPIRE, public_id)
    if asked.period.upper is not None:
        schedule(FINISH, public_id, due_at=clock.start_of(asked.period.upper))
    record(RepresentationAccepted(aggregate=public_id), by=actor, move=move)
    return asked


@use_case
def close_request(*, actor: Actor, public_id: str) -> Representation:
    """The asked side declines, or the asking side takes it back."""
    asked = _lock_mine(actor, public_id)
    transition = "withdraw" if asked.asked_by_id == actor.party_id else "decline"
    move = REPRESENTATION.fire(asked, transition)
    asked.save(update_fields=["state"])
    cancel(EXPIRE, public_id)
    record(RepresentationClosed(aggregate=public_id, how=move.target), by=actor, move=move)
    return asked


@use_case
def ask_change(*, actor: Actor, public_id: str, terms: Terms) -> Representation:
    """Propose other terms; those in force stay until the other side accepts."""
    current = _lock_mine(actor, public_id)
    move = REPRESENTATION.fire(current, "propose_change")
    current.proposed_change, current.proposed_by_id = terms.as_json(), actor.party_id
    current.save(update_fields=["state", "proposed_change", "proposed_by"])
    schedule(CHANGE_EXPIRE, public_id, due_at=clock.now() + ANSWER_WITHIN)
    record(RepresentationChangeAsked(aggregate=public_id, terms=terms.as_json()), by=actor, move=move)
    return current


@use_case
def answer_change(*, actor: Actor, public_id: str, accept: bool) -> Representation:
    """The other side accepts the proposed terms or keeps the old; the proposer may only take them back."""
    current = _lock_mine(actor, public_id)
    if accept:
        _other_than(current.proposed_by_id, actor)
    move = REPRESENTATION.fire(current, "accept_change" if accept else "decline_change")
    if accept:
        for name, value in columns(Terms.from_json(current.proposed_change)).items():
            setattr(current, name, value)
    current.proposed_change, current.proposed_by_id = None, None
    try:
        current.save()
    except IntegrityError as error:
        raise AlreadyRepresented from error
    cancel(CHANGE_EXPIRE, public_id)
    _reschedule_end(current)
    record(RepresentationChangeAnswered(aggregate=public_id, accepted=accept), by=actor, move=move)
    return current


@use_case
def end_representation(*, actor: Actor, public_id: str) -> Representation:
    """Give notice: it ends by itself when the agreed notice is over, never sooner than after seven days."""
    current = _lock_mine(actor, public_id)
    move = REPRESENTATION.fire(current, "end")
    current.proposed_change = None
    current.proposed_by_id = actor.party_id  # whose notice it is
    current.ends_on = clock.today() + timedelta(days=max(LEAST_NOTICE_DAYS, current.notice_days))
    current.save(update_fields=["state", "proposed_change", "proposed_by", "ends_on"])
    cancel(CHANGE_EXPIRE, public_id)
    schedule(FINISH, public_id, due_at=clock.start_of(current.ends_on))
    record(RepresentationEnding(aggregate=public_id, ends_on=current.ends_on.isoformat()), by=actor, move=move)
    return current


@use_case
def keep_representation(*, actor: Actor, public_id: str) -> Representation:
    """Take the notice back, while it runs. Only the side that gave it."""
    current = _lock_mine(actor, public_id)
    if current.proposed_by_id != actor.party_id:
        raise NotTheirTurn
    move = REPRESENTATION.fire(current, "keep")
    current.proposed_by_id, current.ends_on = None, None
    current.save(update_fields=["state", "proposed_by", "ends_on"])
    _reschedule_end(current)
    record(RepresentationKept(aggregate=public_id), by=actor, move=move)
    return current


def columns(terms: Terms) -> dict[str, object]:
    return {
        "scope": list(terms.scope),
        "fee_share_bp": terms.fee_share_bp,
        "cps_share_bp": terms.cps_share_bp,
        "period": DateRange(terms.starts_on, terms.ends_before, "[)"),
        "notice_days": terms.notice_days,
    }


def finish(current: Representation, *, by: Actor, on: date) -> None:
    """Called by the clock inside its own transaction."""
    move = REPRESENTATION.fire(current, "finish")
    lower = current.period.lower
    current.period = DateRange(lower, max(on, lower + timedelta(days=1)), "[)")
    current.ends_on = on
    current.save(update_fields=["state", "period", "ends_on"])
    record(RepresentationEnded(aggregate=current.public_id, on=on.isoformat()), by=by, move=move)


def _reschedule_end(current: Representation) -> None:
    if current.period.upper is None:
        cancel(FINISH, current.public_id)
    else:
        schedule(FINISH, current.public_id, due_at=clock.start_of(current.period.upper))


def _refuse_overlap(anchor: Party, terms: Terms) -> None:
    period = DateRange(terms.starts_on, terms.ends_before, "[)")
    if Representation.objects.in_force().filter(anchor=anchor, period__overlap=period).exists():
        raise AlreadyRepresented


def _other_than(party_id: int | None, actor: Actor) -> None:
    if party_id == actor.party_id:
        raise NotTheirTurn


def _lock_mine(actor: Actor, public_id: str) -> Representation:
    party = lock_own_party(actor)
    found = lock(Representation.objects.visible_to(actor).filter(public_id=public_id), "representation")
    if not found:
        raise NotFound
    PARTY.authorise(actor, PartyAction.REPRESENT, party)
    return found[0]
