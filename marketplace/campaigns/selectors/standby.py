"""Reads about standing by and taking over."""

from django.db.models import QuerySet

from marketplace.campaigns.machine import WAITING, StandbyCallState
from marketplace.campaigns.models import Application, Standby, StandbyCall
from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.core.errors import NotFound
from marketplace.core.machine import values


def could_take_over(actor: Actor, task_public_id: str) -> QuerySet[Application]:
    """Candidates who wait for a decision about this V task, and have no contract in the making."""
    waiting = Application.objects.visible_to(actor).filter(
        task__public_id=task_public_id, task__party_id=actor.party_id, state__in=values(WAITING), contract=""
    )
    return waiting.select_related("anchor", "by_party", "task__party").order_by("id")


def get_call(actor: Actor, public_id: str) -> StandbyCall:
    related = ("application__task__party", "application__anchor", "application__by_party")
    try:
        return StandbyCall.objects.visible_to(actor).select_related(*related).get(public_id=public_id)
    except StandbyCall.DoesNotExist:
        raise NotFound from None


def list_calls(task_public_id: str, limit: int) -> list[StandbyCall]:
    """Of a task that the reader is the merchant of, newest first."""
    calls = StandbyCall.objects.filter(application__task__public_id=task_public_id)
    return list(calls.select_related("application__anchor").order_by("-id")[:limit])


def stands_by(application: Application) -> bool:
    return Standby.objects.filter(application=application).exists()


def open_call(application: Application) -> StandbyCall | None:
    """Waiting for her answer."""
    return application.calls.filter(state=StandbyCallState.OPEN, answer_by__gt=clock.now()).first()
