from enum import StrEnum

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from marketplace.core.fields import StateField, one_of
from marketplace.core.models.event import Event


class DeliveryState(StrEnum):
    PENDING = "pending"
    DONE = "done"
    DEAD = "dead"


class Delivery(models.Model):
    """One event on its way to one handler: the outbox. Written with the event, done with the handler's own effect."""

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="deliveries", verbose_name=_("event"))
    handler = models.CharField(_("handler"), max_length=120)
    state = StateField(default=DeliveryState.PENDING)
    attempts = models.PositiveSmallIntegerField(_("tries"), default=0)
    due_at = models.DateTimeField(_("due"))
    leased_until = models.DateTimeField(_("taken until"), null=True)
    done_at = models.DateTimeField(_("done"), null=True)
    error = models.TextField(_("last fault"), blank=True)

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        constraints = [
            models.UniqueConstraint(fields=["event", "handler"], name="delivery_once_per_handler"),
            one_of("state", DeliveryState, name="delivery_state"),
        ]
        indexes = [models.Index(fields=["due_at", "id"], name="delivery_due", condition=Q(state="pending"))]

    def __str__(self) -> str:
        return f"{self.event_id} → {self.handler}: {self.state}"
