from enum import StrEnum

from django.db import models
from django.db.models import Q

from marketplace.core.fields import StateField, one_of
from marketplace.core.models.event import Event


class DeliveryState(StrEnum):
    PENDING = "pending"
    DONE = "done"
    DEAD = "dead"


class Delivery(models.Model):
    """One event on its way to one handler: the outbox. Written with the event, done with the handler's own effect."""

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="deliveries")
    handler = models.CharField(max_length=120)
    state = StateField(default=DeliveryState.PENDING)
    attempts = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField()
    leased_until = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    error = models.TextField(blank=True)

    class Meta:
        verbose_name_plural = "deliveries"
        constraints = [
            models.UniqueConstraint(fields=["event", "handler"], name="delivery_once_per_handler"),
            one_of("state", DeliveryState, name="delivery_state"),
        ]
        indexes = [models.Index(fields=["due_at", "id"], name="delivery_due", condition=Q(state="pending"))]

    def __str__(self) -> str:
        return f"{self.event_id} → {self.handler}: {self.state}"
