"""Objecting to a figure: about one observation, decided by compliance, a rejection settled by other staff on appeal."""

from datetime import timedelta

from django.db import IntegrityError, transaction

from marketplace.compliance.errors import AlreadyObjected, AppealOver, NotCounted, RejectedByYou
from marketplace.compliance.events import (
    ObjectionAppealed,
    ObjectionConfirmed,
    ObjectionFiled,
    ObjectionOverturned,
    ObjectionRejected,
    ObjectionUpheld,
)
from marketplace.compliance.machine import OBJECTION
from marketplace.compliance.models import Objection
from marketplace.compliance.policies import OBJECTIONS, ObjectionAction
from marketplace.compliance.steps.objecting import facts_of, lock_objection, party_of, said, strike
from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.core.domain_event import DomainEvent
from marketplace.core.errors import Forbidden
from marketplace.core.record import record
from marketplace.core.tx import use_case
from marketplace.reliability.selectors.observations import get_observation, get_source

APPEAL_WITHIN = timedelta(days=30)


@use_case
def file_objection(*, actor: Actor, source: str, subject: str, words: str) -> Objection:
    """Say why an observation should not count in the record of the actor's party; the other side does not learn of it.

    Raises Forbidden, NotFound, TooFewWords, NotCounted, AlreadyObjected.
    """
    if actor.party_id is None:
        raise Forbidden(action=ObjectionAction.FILE)
    party = party_of(actor)
    OBJECTIONS.authorise(actor, ObjectionAction.FILE, party)
    kind = get_source(party, source)
    seen = get_observation(party, kind, subject)
    if seen.struck is not None:
        raise NotCounted
    objection = Objection(
        party=party,
        other_id=seen.other_id,
        source=source,
        subject=subject,
        title=seen.title[:250],
        facts=facts_of(kind, seen),
        words=said(words),
        by_id=actor.user_id,
    )
    try:
        with transaction.atomic():
            objection.save()
    except IntegrityError as error:
        raise AlreadyObjected from error
    record(ObjectionFiled(aggregate=objection.public_id, observed=source, subject=subject), by=actor)
    return objection


@use_case
def uphold_objection(*, actor: Actor, public_id: str, reasons: str) -> Objection:
    """The observation is struck out. Raises NotFound, Forbidden, OwnSubject, IllegalTransition."""
    objection = _decide(actor, public_id, "uphold", reasons, ObjectionUpheld(aggregate=public_id))
    strike(objection, objection.decision, by=actor)
    return objection


@use_case
def reject_objection(*, actor: Actor, public_id: str, reasons: str) -> Objection:
    """It counts on; the party has thirty days to appeal. Raises as above."""
    return _decide(actor, public_id, "reject", reasons, ObjectionRejected(aggregate=public_id))


@use_case
def appeal_objection(*, actor: Actor, public_id: str, words: str) -> Objection:
    """Other staff look at a rejection again, once.

    Raises NotFound, Forbidden, TooFewWords, AppealOver, IllegalTransition.
    """
    objection = lock_objection(actor, public_id, ObjectionAction.FILE)
    move = OBJECTION.fire(objection, "appeal")
    if clock.now() >= objection.appeal_by:
        raise AppealOver
    objection.appeal, objection.appealed_by_id, objection.appealed_at = said(words), actor.user_id, clock.now()
    objection.save(update_fields=["state", "appeal", "appealed_by", "appealed_at"])
    record(ObjectionAppealed(aggregate=public_id), by=actor, move=move)
    return objection


@use_case
def overturn_rejection(*, actor: Actor, public_id: str, reasons: str) -> Objection:
    """On appeal the observation is struck out.

    Raises NotFound, Forbidden, RejectedByYou, OwnSubject, IllegalTransition.
    """
    objection = _settle(actor, public_id, "overturn", reasons, ObjectionOverturned(aggregate=public_id))
    strike(objection, objection.settlement, by=actor)
    return objection


@use_case
def confirm_rejection(*, actor: Actor, public_id: str, reasons: str) -> Objection:
    """On appeal it counts on, finally. Raises as above."""
    return _settle(actor, public_id, "confirm", reasons, ObjectionConfirmed(aggregate=public_id))


def _decide(actor: Actor, public_id: str, move_name: str, reasons: str, event: DomainEvent) -> Objection:
    objection = lock_objection(actor, public_id, ObjectionAction.DECIDE)
    move = OBJECTION.fire(objection, move_name)
    objection.decision, objection.decided_by_id, objection.decided_at = reasons.strip(), actor.user_id, clock.now()
    if move_name == "reject":
        objection.appeal_by = clock.now() + APPEAL_WITHIN
    objection.save(update_fields=["state", "decision", "decided_by", "decided_at", "appeal_by"])
    record(event, by=actor, move=move)
    return objection


def _settle(actor: Actor, public_id: str, move_name: str, reasons: str, event: DomainEvent) -> Objection:
    objection = lock_objection(actor, public_id, ObjectionAction.DECIDE)
    move = OBJECTION.fire(objection, move_name)
    if objection.decided_by_id == actor.user_id:
        raise RejectedByYou(action=move_name)
    objection.settlement, objection.settled_by_id, objection.settled_at = reasons.strip(), actor.user_id, clock.now()
    objection.save(update_fields=["state", "settlement", "settled_by", "settled_at"])
    record(event, by=actor, move=move)
    return objection
