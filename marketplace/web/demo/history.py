"""Ninety days, lived one after the other: what happens on a day happens at that day's time, through the same services,
and the clock's own work (reminders, lapses, deadlines) is done as it falls due.
"""

import logging
from collections import defaultdict
from collections.abc import Callable
from datetime import timedelta

from django.db import transaction

from marketplace.core import clock
from marketplace.core.models import Delivery
from marketplace.core.outbox.relay import LEASE, deliver
from marketplace.core.timers.fire import fire_due
from marketplace.documents.flows.monthly import issue_months

logger = logging.getLogger(__name__)
Act = Callable[[], object]
# Pictures are drawn by the worker afterwards: the site answers before they are finished.
LATER = "marketplace.media"
DAYS = 100  # more than any day of the story lies back: a lease must not look expired to the worker


class History:
    """Acts by day (0 is today, 90 is ninety days ago) and hour."""

    def __init__(self) -> None:
        self.acts: dict[int, list[tuple[float, Act]]] = defaultdict(list)

    def on(self, days_ago: float, act: Act) -> None:
        """Whatever an act adds for later days is lived too."""
        whole = int(days_ago) if days_ago >= 0 else 0
        self.acts[whole].append((days_ago, act))

    def live(self, first: int) -> None:
        for day in range(first, -1, -1):
            while self.acts[day]:
                self.acts[day].sort(key=lambda one: -one[0])
                days_ago, act = self.acts[day].pop(0)
                with clock.shifted(-timedelta(days=days_ago)):
                    act()
                    relay()
            with clock.shifted(-timedelta(days=day)):
                fire_due()
                relay()
                issue_months()
                relay()


def relay() -> None:
    """The outbox, but for what the worker does later; leased as the worker leases, so that nothing is told twice."""
    while ids := claim():
        for delivery_id in ids:
            deliver(delivery_id)


def claim() -> list[int]:
    with transaction.atomic():
        free = Delivery.objects.filter(state="pending", attempts=0, leased_until=None).exclude(
            handler__startswith=LATER
        )
        ids = list(free.select_for_update(skip_locked=True).order_by("id").values_list("pk", flat=True)[:200])
        Delivery.objects.filter(pk__in=ids).update(leased_until=clock.now() + timedelta(days=DAYS) + LEASE, attempts=1)
    return ids
