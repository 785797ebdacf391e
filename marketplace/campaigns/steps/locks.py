"""Scoped fetch and lock, in the one order: party, V task, application."""

from marketplace.campaigns.models import Application, VTask
from marketplace.core.actor import Actor
from marketplace.core.errors import NotFound
from marketplace.core.locks import lock
from marketplace.core.tx import step


@step
def lock_own_task(actor: Actor, public_id: str) -> VTask:
    """A task of the actor's party (any task for the platform itself). Raises NotFound."""
    scope = VTask.objects.all() if actor.is_system else VTask.objects.of(actor)
    return _one(lock(scope.filter(public_id=public_id).select_related("party__legal_entity"), "v_task"))


@step
def lock_application(actor: Actor, public_id: str) -> Application:
    """A candidacy that the actor's party has a side in, with its task locked before it. Raises NotFound."""
    scope = Application.objects.all() if actor.is_system else Application.objects.visible_to(actor)
    found = scope.filter(public_id=public_id)
    task = _one(
        lock(VTask.objects.filter(pk__in=found.values("task_id")).select_related("party__legal_entity"), "v_task")
    )
    related = found.select_related("anchor__legal_entity", "by_party__legal_entity")
    application = _one(lock(related, "application"))
    application.task = task
    return application


def _one(found: list):
    if not found:
        raise NotFound
    return found[0]
