"""The anchor's side: applying (herself or through her agency), answering an invitation, stepping back."""

from marketplace.accounts.models import Party, PartyKind
from marketplace.campaigns.eligibility import missing
from marketplace.campaigns.errors import (
    AlreadyApplied,
    NoSeatLeft,
    NotEligible,
    NotRepresented,
    OnlyByInvitation,
    QuoteOutOfRange,
    TaskNotOpen,
    WorkNotShown,
)
from marketplace.campaigns.events import AnchorApplied
from marketplace.campaigns.machine import ApplicationState, VTaskState
from marketplace.campaigns.models import Application, Mode, PriceModelChoice, VTask
from marketplace.campaigns.policies import CANDIDACY, CandidacyAction
from marketplace.campaigns.selectors.people import facts_of, works_of
from marketplace.campaigns.steps.candidacy import close, move, start_decision_clock
from marketplace.campaigns.steps.locks import lock_application
from marketplace.contracts.selectors import representation_for
from marketplace.contracts.steps.self_dealing import refuse_self_dealing
from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.core.errors import Forbidden, NotFound
from marketplace.core.locks import lock
from marketplace.core.record import record
from marketplace.core.tx import use_case


@use_case
def apply(
    *,
    actor: Actor,
    task_public_id: str,
    message: str,
    quote_minor: int | None = None,
    portfolio: tuple[str, ...] = (),
    anchor_public_id: str = "",
) -> Application:
    """Apply to an open V task, or answer its invitation. `anchor_public_id` names whom an agency applies for.

    Raises TaskNotOpen, OnlyByInvitation, NoSeatLeft, NotEligible, NotRepresented, AlreadyApplied, QuoteOutOfRange,
    WorkNotShown, SelfDealing, Forbidden, NotFound.
    """
    found = lock(VTask.objects.visible_to(actor).filter(public_id=task_public_id).select_related("party"), "v_task")
    if not found:
        raise NotFound
    task = found[0]
    if task.party_id == actor.party_id:
        raise Forbidden(action="apply")
    anchor, by_party = _who(actor, task, anchor_public_id)
    for party in {anchor, by_party}:
        refuse_self_dealing(task.party, party)
    if task.state != VTaskState.OPEN or clock.today(task.party.time_zone) > task.apply_by:
        raise TaskNotOpen
    if not task.seats_left:
        raise NoSeatLeft
    facts = facts_of(anchor)
    if lacking := missing(task.asked, facts):
        raise NotEligible(missing=[one.name for one in lacking])
    if len(works_of(facts, portfolio)) != len(set(portfolio)):
        raise WorkNotShown
    quote = _quote(task, quote_minor)
    application = _candidacy(task, anchor, by_party)
    application.message, application.quote_minor, application.portfolio = message.strip(), quote, list(portfolio)
    application.applied_at = clock.now()
    moved = move(application, "apply")
    application.save(update_fields=["message", "quote_minor", "portfolio", "applied_at", "by_party"])
    start_decision_clock(application)
    record(AnchorApplied(aggregate=application.public_id, task=task.public_id), by=actor, move=moved)
    return application


@use_case
def withdraw(*, actor: Actor, public_id: str, word: str = "") -> Application:
    """Step back before anything is agreed."""
    application = lock_application(actor, public_id)
    CANDIDACY.authorise(actor, CandidacyAction.WITHDRAW, application)
    close(application, "withdraw", by=actor, by_side="anchor", word=word.strip()[:400])
    return application


def _who(actor: Actor, task: VTask, anchor_public_id: str) -> tuple[Party, Party]:
    """(the anchor, the party that applies): herself, or an agency for an anchor whom it represents for this work."""
    mine = Party.objects.get(pk=actor.party_id) if actor.party_id else None
    if mine is None or mine.kind not in {PartyKind.ANCHOR, PartyKind.AGENCY} or actor.role == "viewer":
        raise Forbidden(action="apply")
    if mine.kind == PartyKind.ANCHOR:
        return mine, mine
    anchor = Party.objects.filter(kind=PartyKind.ANCHOR, public_id=anchor_public_id).first()
    representation = representation_for(anchor, task.scope) if anchor else None
    if anchor is None or representation is None or representation.agency_id != mine.pk:
        raise NotRepresented(action="apply")
    return anchor, mine


def _candidacy(task: VTask, anchor: Party, by_party: Party) -> Application:
    """The live candidacy of this anchor for this task: her invitation, or a new one."""
    live = Application.objects.live().filter(task=task, anchor=anchor)
    for application in lock(live, "application"):
        if application.state != ApplicationState.INVITED:
            raise AlreadyApplied
        application.task, application.by_party = task, by_party
        return application
    if task.mode == Mode.ASSIGNED:
        raise OnlyByInvitation
    return Application.objects.create(
        task=task, anchor=anchor, by_party=by_party, origin=Application.Origin.APPLIED, state=ApplicationState.INVITED
    )


def _quote(task: VTask, quote_minor: int | None) -> int | None:
    """The asked fee: free in its range, fixed where the task fixes it, none without a fee."""
    if not task.has_fee:
        return None
    if task.price_model != PriceModelChoice.QUOTE_RANGE or quote_minor is None:
        return task.fee_minor if quote_minor is None else quote_minor
    if not task.fee_minor <= quote_minor <= task.fee_max_minor:
        raise QuoteOutOfRange(least=str(task.fee), most=str(task.fee_max))
    return quote_minor
