from django.db import models
from django.utils.translation import gettext_lazy as _

from marketplace.core import clock
from marketplace.core.fields import StateField, one_of
from marketplace.payments.machine import CallState


class ProviderCall(models.Model):
    """A call that changes something at a provider: its key and its hash stand here before it is made."""

    key = models.CharField(_("key"), max_length=120, unique=True)
    operation = models.CharField(_("operation"), max_length=40)
    request_hash = models.CharField(_("hash of the request"), max_length=64)
    state = StateField(default=CallState.OPEN)
    attempts = models.PositiveSmallIntegerField(_("tries"), default=0)
    answer = models.JSONField(_("answer"), null=True)
    created_at = models.DateTimeField(_("created"), default=clock.now)
    answered_at = models.DateTimeField(_("answered"), null=True)

    class Meta:
        verbose_name = _("call to a provider")
        verbose_name_plural = _("calls to providers")
        constraints = [one_of("state", CallState, name="call_state")]

    def __str__(self) -> str:
        return f"{self.key} {self.state}"
