"""Reads about transfers that were taken back."""

from datetime import timedelta

from django.db.models import QuerySet

from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.core.errors import NotFound
from marketplace.payments.machine import ReversalState
from marketplace.payments.models import Transfer, TransferReversal


def unsettled_reversals(*, unchecked_for: timedelta, limit: int = 100) -> QuerySet[TransferReversal]:
    before = clock.now() - unchecked_for
    asked = TransferReversal.objects.filter(state=ReversalState.SUBMITTING, checked_at__lt=before)
    return asked.select_related("transfer").order_by("checked_at")[:limit]


def reversals_of(actor: Actor) -> QuerySet[TransferReversal]:
    """What was taken back from the actor's party, or is about to be; newest first."""
    mine = TransferReversal.objects.visible_to(actor).filter(party_id=actor.party_id)
    return mine.exclude(state=ReversalState.REFUSED).select_related("transfer").order_by("-id")


def get_transfer(public_id: str) -> Transfer:
    try:
        return Transfer.objects.select_related("party").get(public_id=public_id)
    except Transfer.DoesNotExist:
        raise NotFound from None
