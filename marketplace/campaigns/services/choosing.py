"""The merchant's side before an offer: inviting, sorting the board, declining with a word."""

from collections.abc import Sequence

from marketplace.accounts.models import Party, PartyKind
from marketplace.accounts.models.party import PartyState
from marketplace.campaigns.errors import NotYourTurn, TaskNotOpen
from marketplace.campaigns.events import AnchorInvited, ApplicationSorted
from marketplace.campaigns.machine import WAITING, VTaskState
from marketplace.campaigns.models import Application
from marketplace.campaigns.policies import CANDIDACY, TASK, CandidacyAction, TaskAction
from marketplace.campaigns.steps.candidacy import (
    INVITATION_EXPIRE,
    INVITATION_LIFE,
    close,
    move,
    start_decision_clock,
)
from marketplace.campaigns.steps.locks import lock_application, lock_own_task
from marketplace.contracts.errors import SelfDealing
from marketplace.contracts.steps.self_dealing import refuse_self_dealing
from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.core.machine import values
from marketplace.core.record import record
from marketplace.core.timers.schedule import schedule
from marketplace.core.tx import use_case

LANES = {"applied": "unlist", "shortlisted": "shortlist", "waitlisted": "waitlist"}


@use_case
def invite(*, actor: Actor, task_public_id: str, anchors: Sequence[str], words: str) -> list[Application]:
    """Ask anchors to apply. Those who are candidates already, or whom the merchant may not deal with, are passed over.

    Raises TaskNotOpen, Forbidden.
    """
    task = lock_own_task(actor, task_public_id)
    TASK.authorise(actor, TaskAction.INVITE, task)
    if task.state != VTaskState.OPEN:
        raise TaskNotOpen
    candidates = Application.objects.live().filter(task=task).values("anchor_id")
    wanted = Party.objects.filter(kind=PartyKind.ANCHOR, state=PartyState.ACTIVE, public_id__in=anchors)
    invited = []
    for anchor in wanted.exclude(pk__in=candidates).order_by("pk"):
        try:
            refuse_self_dealing(task.party, anchor)
        except SelfDealing:
            continue
        application = Application.objects.create(
            task=task,
            anchor=anchor,
            by_party=anchor,
            origin=Application.Origin.INVITED,
            invitation_words=words.strip()[:600],
        )
        schedule(INVITATION_EXPIRE, application.public_id, due_at=clock.now() + INVITATION_LIFE)
        record(AnchorInvited(aggregate=application.public_id, task=task.public_id), by=actor)
        invited.append(application)
    return invited


@use_case
def sort_into(*, actor: Actor, public_id: str, lane: str) -> Application:
    """Move a candidate to a lane of the board (`applied`, `shortlisted`, `waitlisted`); there already: nothing."""
    application = lock_application(actor, public_id)
    CANDIDACY.authorise(actor, CandidacyAction.SORT, application)
    if application.state == lane:
        return application
    moved = move(application, LANES[lane])
    if lane == "applied":
        start_decision_clock(application)
    record(ApplicationSorted(aggregate=public_id, lane=lane), by=actor, move=moved)
    return application


@use_case
def decline_candidate(*, actor: Actor, public_id: str, word: str = "") -> Application:
    """The merchant says no, the anchor to an invitation; the other side hears it with the word.

    Raises NotYourTurn, Forbidden, IllegalTransition.
    """
    application = lock_application(actor, public_id)
    CANDIDACY.authorise(actor, CandidacyAction.ANSWER, application)
    from_anchor = application.task.party_id != actor.party_id
    if from_anchor and application.state in values(WAITING):  # it is hers to withdraw, not to decline
        raise NotYourTurn
    close(
        application,
        "decline",
        by=actor,
        by_side="anchor" if from_anchor else "merchant",
        word=word.strip()[:400],
    )
    return application
