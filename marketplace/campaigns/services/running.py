"""An open V task in its merchant's hands: paused, extended, closed, opened again, put away; its budget reserved."""

from datetime import date

from marketplace.accounts.models import Party
from marketplace.campaigns.errors import NoSeatLeft, TaskIncomplete, WalletDoesNotCover
from marketplace.campaigns.events import VTaskArchived, VTaskExtended, VTaskPaused, VTaskReopened, VTaskResumed
from marketplace.campaigns.machine import V_TASK, VTaskState
from marketplace.campaigns.models import VTask
from marketplace.campaigns.policies import TASK, TaskAction
from marketplace.campaigns.selectors.budgets import budget_of
from marketplace.campaigns.steps.budget import reserve_budget, return_budget
from marketplace.campaigns.steps.closing import close_task as close_step
from marketplace.campaigns.steps.closing import schedule_closing
from marketplace.campaigns.steps.locks import lock_own_task
from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.core.errors import IllegalTransition
from marketplace.core.locks import lock
from marketplace.core.record import record
from marketplace.core.tx import use_case
from marketplace.ledger.plan import LotsDoNotCover
from marketplace.payments.steps.debts import require_no_debt


@use_case
def pause_task(*, actor: Actor, public_id: str) -> VTask:
    """Nobody new can apply; those who have are answered all the same."""
    return _fire(actor, public_id, "pause", VTaskPaused)


@use_case
def resume_task(*, actor: Actor, public_id: str) -> VTask:
    """Open again as it was. Raises InDebt."""
    task = _fire(actor, public_id, "resume", VTaskResumed)
    require_no_debt(task.party_id)
    return task


@use_case
def archive_task(*, actor: Actor, public_id: str) -> VTask:
    """Out of the way; its history stays."""
    task = _fire(actor, public_id, "archive", VTaskArchived)
    return_budget(task, by=actor)
    return task


@use_case
def extend_task(*, actor: Actor, public_id: str, apply_by: date) -> VTask:
    """A later deadline. Raises TaskIncomplete for one that is not later, or after the publishing window."""
    task = lock_own_task(actor, public_id)
    TASK.authorise(actor, TaskAction.POST, task)
    if task.state not in {VTaskState.OPEN, VTaskState.PAUSED}:
        raise IllegalTransition(machine=V_TASK.name, state=task.state, transition="extend")
    if apply_by <= task.apply_by:
        raise TaskIncomplete(problems={"dates": ["not_later"]})
    _set_deadline(task, apply_by)
    record(VTaskExtended(aggregate=public_id, apply_by=apply_by.isoformat()), by=actor)
    return task


@use_case
def close_task(*, actor: Actor, public_id: str, word: str = "") -> VTask:
    """No further candidates; whoever was not chosen is told, with the merchant's `word`."""
    task = lock_own_task(actor, public_id)
    TASK.authorise(actor, TaskAction.POST, task)
    close_step(task, by=actor, how="merchant", word=word.strip()[:400])
    return task


@use_case
def reopen_task(*, actor: Actor, public_id: str, apply_by: date) -> VTask:
    """Open again for the seats that are left. Raises NoSeatLeft, InDebt, TaskIncomplete."""
    task = lock_own_task(actor, public_id)
    TASK.authorise(actor, TaskAction.POST, task)
    if not task.seats_left:
        raise NoSeatLeft
    require_no_debt(task.party_id)
    move = V_TASK.fire(task, "reopen")
    task.closed_at = None
    task.save(update_fields=["state", "closed_at"])
    _set_deadline(task, apply_by)
    record(VTaskReopened(aggregate=public_id, apply_by=apply_by.isoformat()), by=actor, move=move)
    return task


@use_case
def reserve_task_budget(*, actor: Actor, public_id: str) -> VTask:
    """Set the whole budget aside: the task's *funded* badge. Again: nothing happens. Raises WalletDoesNotCover."""
    lock(Party.objects.filter(pk=actor.party_id), "party")  # nobody spends this wallet meanwhile
    task = lock_own_task(actor, public_id)
    TASK.authorise(actor, TaskAction.RESERVE, task)
    if task.state in {VTaskState.CLOSED, VTaskState.ARCHIVED}:
        raise IllegalTransition(machine=V_TASK.name, state=task.state, transition="reserve")
    if task.is_funded:
        return task
    money = budget_of(task)
    if not money:
        raise TaskIncomplete(problems={"price": ["nothing_to_reserve"]})
    try:
        reserve_budget(task, money=money, by=actor)
    except LotsDoNotCover as error:
        raise WalletDoesNotCover(budget=str(money)) from error
    return task


@use_case
def return_task_budget(*, actor: Actor, public_id: str) -> VTask:
    """Take the reservation back, while nobody relies on it (a draft, or closed)."""
    lock(Party.objects.filter(pk=actor.party_id), "party")
    task = lock_own_task(actor, public_id)
    TASK.authorise(actor, TaskAction.RESERVE, task)
    if task.state not in {VTaskState.DRAFT, VTaskState.REJECTED, VTaskState.CLOSED}:
        raise IllegalTransition(machine=V_TASK.name, state=task.state, transition="return the budget")
    return_budget(task, by=actor)
    return task


def _fire(actor: Actor, public_id: str, transition: str, event: type) -> VTask:
    task = lock_own_task(actor, public_id)
    TASK.authorise(actor, TaskAction.POST, task)
    move = V_TASK.fire(task, transition)
    task.save(update_fields=["state"])
    record(event(aggregate=public_id), by=actor, move=move)
    return task


def _set_deadline(task: VTask, apply_by: date) -> None:
    if apply_by < clock.today(task.party.time_zone) or apply_by > task.publish_until:
        raise TaskIncomplete(problems={"dates": ["apply_after_publishing"]})
    task.apply_by = apply_by
    task.save(update_fields=["apply_by"])
    schedule_closing(task)
