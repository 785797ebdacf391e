from enum import StrEnum

from django.db import models
from django.db.models import Q

from marketplace.core.fields import StateField, one_of


class TimerState(StrEnum):
    PENDING = "pending"
    FIRED = "fired"
    CANCELLED = "cancelled"
    DEAD = "dead"


class Timer(models.Model):
    """Something that happens by itself at `due_at`, unless it is cancelled before. A row, never a sleeping task."""

    kind = models.CharField(max_length=60)
    aggregate = models.CharField(max_length=40)
    due_at = models.DateTimeField()
    state = StateField(default=TimerState.PENDING)
    attempts = models.PositiveSmallIntegerField(default=0)
    fired_at = models.DateTimeField(null=True)
    error = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "aggregate"], condition=Q(state="pending"), name="timer_one_pending"
            ),
            one_of("state", TimerState, name="timer_state"),
        ]
        indexes = [models.Index(fields=["due_at", "id"], name="timer_due", condition=Q(state="pending"))]

    def __str__(self) -> str:
        return f"{self.kind} {self.aggregate} {self.due_at:%Y-%m-%d %H:%M} {self.state}"
