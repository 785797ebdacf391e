"""Which webhooks are due, who sends them, and what becomes of them."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from marketplace.payments.standin.engine import clock
from marketplace.payments.standin.models import Delivery

CLAIMED_FOR = timedelta(seconds=15)
GIVE_UP_AFTER = timedelta(days=3)
_BACKOFF_SECONDS = (1, 5, 15, 60, 300, 900, 3600, 3 * 3600, 6 * 3600, 12 * 3600)
ATTEMPTS_AT_MOST = 20


@transaction.atomic
def claim(limit: int = 8) -> list[Delivery]:
    """Take due deliveries, oldest first. A claim lapses by the wall's clock, so a killed sender loses it."""
    wall = clock.wall()
    due = Delivery.objects.filter(
        Q(claimed_until__isnull=True) | Q(claimed_until__lte=wall),
        Q(waits_for_later=False) | Q(Exists(_later_delivered())),
        status=Delivery.Status.WAITING,
        due_at__lte=clock.now(),
    )
    rows = list(due.select_for_update(skip_locked=True, of=("self",)).order_by("event_id", "pk")[:limit])
    Delivery.objects.filter(pk__in=[row.pk for row in rows]).update(claimed_until=wall + CLAIMED_FOR)
    return list(Delivery.objects.filter(pk__in=[row.pk for row in rows]).select_related("event").order_by("pk"))


def succeeded(delivery: Delivery, status: int) -> None:
    """The other side said 2xx."""
    delivery.status = Delivery.Status.DELIVERED
    delivery.delivered_at = clock.now()
    _attempted(delivery, status=status, error="")


def failed(delivery: Delivery, *, status: int | None, error: str) -> None:
    """The other side did not; try again later, for three days."""
    moment = clock.now()
    spent = delivery.attempts + 1 >= ATTEMPTS_AT_MOST or moment - delivery.first_due_at >= GIVE_UP_AFTER
    if spent:
        delivery.status = Delivery.Status.GIVEN_UP
    else:
        delivery.due_at = moment + backoff(delivery.attempts)
    _attempted(delivery, status=status, error=error)


def send_again(delivery_id: int) -> None:
    """A person asks for one more try, of whatever state."""
    moment = clock.now()
    Delivery.objects.filter(pk=delivery_id).update(
        status=Delivery.Status.WAITING, due_at=moment, first_due_at=moment, waits_for_later=False, claimed_until=None
    )


def next_due() -> datetime | None:
    """When the next waiting webhook falls due."""
    waiting = Delivery.objects.filter(status=Delivery.Status.WAITING).order_by("due_at")
    return waiting.values_list("due_at", flat=True).first()


def backoff(attempts: int) -> timedelta:
    """How long to wait after so many failures."""
    return timedelta(seconds=_BACKOFF_SECONDS[min(attempts, len(_BACKOFF_SECONDS) - 1)])


def _later_delivered() -> QuerySet[Delivery]:
    return Delivery.objects.filter(event_id__gt=OuterRef("event_id"), status=Delivery.Status.DELIVERED)


def _attempted(delivery: Delivery, *, status: int | None, error: str) -> None:
    delivery.attempts += 1
    delivery.last_status = status
    delivery.last_error = error[:200]
    delivery.claimed_until = None
    delivery.save()
