"""A V task becomes public: at once when no rule is touched, otherwise after a person has looked."""

from datetime import timedelta

from marketplace.accounts.models import VerifiedKind
from marketplace.accounts.selectors import is_verified
from marketplace.campaigns import readiness, review
from marketplace.campaigns.errors import BudgetNotReserved, MerchantNotVerified, TaskIncomplete
from marketplace.campaigns.events import VTaskOpened, VTaskRejected, VTaskSubmitted, VTaskTakenBack
from marketplace.campaigns.machine import V_TASK, VTaskState
from marketplace.campaigns.models import Mode, VTask
from marketplace.campaigns.policies import TASK, TaskAction
from marketplace.campaigns.steps.closing import schedule_closing
from marketplace.campaigns.steps.locks import lock_own_task
from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.core.errors import NotFound
from marketplace.core.locks import lock
from marketplace.core.machine import Move
from marketplace.core.record import record
from marketplace.core.timers.schedule import cancel, schedule
from marketplace.core.tx import use_case
from marketplace.payments.steps.debts import require_no_debt

REVIEW_WITHIN = timedelta(hours=24)
REVIEW_OVERDUE = "v_task.review_overdue"
TEXTS = (
    "title",
    "goal",
    "audience",
    "selling_points",
    "do",
    "avoid",
    "references",
    "mandatory_words",
    "gift",
    "samples",
)


@use_case
def submit_task(*, actor: Actor, public_id: str) -> VTask:
    """Hand it in. Raises MerchantNotVerified, InDebt, TaskIncomplete, BudgetNotReserved, IllegalTransition.

    It opens in this same moment when no review rule is touched; otherwise it waits for a person, at most 24 hours.
    """
    task = lock_own_task(actor, public_id)
    TASK.authorise(actor, TaskAction.POST, task)
    if not is_verified(task.party_id, VerifiedKind.MERCHANT):
        raise MerchantNotVerified
    require_no_debt(task.party_id)
    if found := readiness.problems(task, today=clock.today(task.party.time_zone)):
        raise TaskIncomplete(problems=found)
    if task.mode == Mode.OPEN_SUBMISSION and not task.is_funded:
        raise BudgetNotReserved
    move = V_TASK.fire(task, "submit")
    task.submitted_at, task.review_words = clock.now(), ""
    task.review_hits = [hit.as_json() for hit in hits_of(task)]
    task.save(update_fields=["state", "submitted_at", "review_words", "review_hits"])
    record(VTaskSubmitted(aggregate=public_id, hits=[hit["rule"] for hit in task.review_hits]), by=actor, move=move)
    if task.review_hits:
        schedule(REVIEW_OVERDUE, public_id, due_at=task.submitted_at + REVIEW_WITHIN)
    else:
        _open(task, by=Actor.system("review rules"))
    return task


@use_case
def approve_task(*, actor: Actor, public_id: str) -> VTask:
    """Staff have looked at what the rules found and let it open. Raises InDebt."""
    task = _lock_for_staff(actor, public_id)
    require_no_debt(task.party_id)
    task.reviewed_by_person = True
    task.save(update_fields=["reviewed_by_person"])
    _open(task, by=actor)
    return task


@use_case
def reject_task(*, actor: Actor, public_id: str, reason: str) -> VTask:
    """Staff say what must change. The merchant mends it and hands it in again."""
    task = _lock_for_staff(actor, public_id)
    move = V_TASK.fire(task, "reject")
    task.review_words = reason.strip()[:500]
    task.save(update_fields=["state", "review_words"])
    cancel(REVIEW_OVERDUE, public_id)
    record(VTaskRejected(aggregate=public_id, reason=task.review_words), by=actor, move=move)
    return task


@use_case
def take_back(*, actor: Actor, public_id: str) -> VTask:
    """Out of the review, or after a rejection, to be mended."""
    task = lock_own_task(actor, public_id)
    TASK.authorise(actor, TaskAction.DRAFT, task)
    move = _to_draft(task)
    cancel(REVIEW_OVERDUE, public_id)
    record(VTaskTakenBack(aggregate=public_id), by=actor, move=move)
    return task


def hits_of(task: VTask) -> list[review.Hit]:
    approved = VTask.objects.filter(party_id=task.party_id, reviewed_by_person=True)
    return review.hits(
        {name: getattr(task, name) for name in TEXTS} | {"products": _named(task)},
        category=task.category,
        disclosure=task.disclosure,
        apply_by=task.apply_by,
        publish_until=task.publish_until,
        today=clock.today(task.party.time_zone),
        known_categories=approved.values_list("category", flat=True),
    )


def _named(task: VTask) -> str:
    return "\n".join(one.name for one in task.products.all())


def _to_draft(task: VTask) -> Move:
    move = V_TASK.fire(task, "revise" if task.state == VTaskState.REJECTED else "take_back")
    task.save(update_fields=["state"])
    return move


def _open(task: VTask, *, by: Actor) -> None:
    move = V_TASK.fire(task, "publish")
    task.opened_at = clock.now()
    task.save(update_fields=["state", "opened_at"])
    cancel(REVIEW_OVERDUE, task.public_id)
    schedule_closing(task)
    record(VTaskOpened(aggregate=task.public_id), by=by, move=move)


def _lock_for_staff(actor: Actor, public_id: str) -> VTask:
    TASK.authorise(actor, TaskAction.REVIEW)
    found = lock(VTask.objects.filter(public_id=public_id).select_related("party"), "v_task")
    if not found:
        raise NotFound
    return found[0]
