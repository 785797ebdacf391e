from django.db import models
from django.utils.translation import gettext_lazy as _

from marketplace.core import clock
from marketplace.core.fields import PublicIdField, StateField, one_of
from marketplace.payments.machine import InboxState


class InboxEvent(models.Model):
    """What a provider told us, as it told it; processed by asking the provider how things are now."""

    public_id = PublicIdField(prefix="whk")
    provider = models.CharField(_("provider"), max_length=20)
    event_id = models.CharField(_("the provider's event"), max_length=80)
    type = models.CharField(_("type"), max_length=120)
    payload = models.JSONField(_("payload"))
    state = StateField(default=InboxState.RECEIVED)
    by_backfill = models.BooleanField(_("fetched later"), default=False)
    received_at = models.DateTimeField(_("received"), default=clock.now)
    processed_at = models.DateTimeField(_("processed"), null=True)

    class Meta:
        verbose_name = _("webhook")
        verbose_name_plural = _("webhooks")
        constraints = [
            one_of("state", InboxState, name="inbox_state"),
            models.UniqueConstraint(fields=["provider", "event_id"], name="inbox_once"),
        ]
        indexes = [models.Index(fields=["received_at"], name="inbox_waiting", condition=models.Q(state="received"))]

    def __str__(self) -> str:
        return f"{self.type} {self.event_id}"


class ProviderCursor(models.Model):
    """How far the back-fill of missed webhooks has read a provider's log."""

    provider = models.CharField(max_length=20, primary_key=True)
    last_event = models.CharField(max_length=80, blank=True)
    read_at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return f"{self.provider} after {self.last_event}"
