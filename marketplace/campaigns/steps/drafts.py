"""A V task that may still be written on."""

from marketplace.campaigns.errors import TermsAreFixed
from marketplace.campaigns.machine import VTaskState
from marketplace.campaigns.models import VTask
from marketplace.campaigns.policies import TASK, TaskAction
from marketplace.campaigns.steps.locks import lock_own_task
from marketplace.core.actor import Actor
from marketplace.core.tx import step


@step
def lock_draft(actor: Actor, public_id: str) -> VTask:
    """Raises NotFound, Forbidden, and TermsAreFixed once anchors could see it."""
    task = lock_own_task(actor, public_id)
    TASK.authorise(actor, TaskAction.DRAFT, task)
    if task.state != VTaskState.DRAFT:
        raise TermsAreFixed
    return task
