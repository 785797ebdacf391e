from enum import StrEnum

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from marketplace.core.fields import StateField, one_of


class TimerState(StrEnum):
    PENDING = "pending"
    FIRED = "fired"
    CANCELLED = "cancelled"
    DEAD = "dead"


class Timer(models.Model):
    """Something that happens by itself at `due_at`, unless it is cancelled before. A row, never a sleeping task."""

    kind = models.CharField(_("kind"), max_length=60)
    aggregate = models.CharField(_("subject"), max_length=40)
    due_at = models.DateTimeField(_("due"))
    state = StateField(default=TimerState.PENDING)
    attempts = models.PositiveSmallIntegerField(_("tries"), default=0)
    fired_at = models.DateTimeField(_("fired"), null=True)
    error = models.TextField(_("last fault"), blank=True)

    class Meta:
        verbose_name = _("timer")
        verbose_name_plural = _("timers")
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "aggregate"], condition=Q(state="pending"), name="timer_one_pending"
            ),
            one_of("state", TimerState, name="timer_state"),
        ]
        indexes = [models.Index(fields=["due_at", "id"], name="timer_due", condition=Q(state="pending"))]

    def __str__(self) -> str:
        return f"{self.kind} {self.aggregate} {self.due_at:%Y-%m-%d %H:%M} {self.state}"
