from django.db import models

from marketplace.core import clock
from marketplace.core.fields import StateField, one_of
from marketplace.payments.machine import CallState


class ProviderCall(models.Model):
    """A call that changes something at a provider: its key and its hash stand here before it is made."""

    key = models.CharField(max_length=120, unique=True)
    operation = models.CharField(max_length=40)
    request_hash = models.CharField(max_length=64)
    state = StateField(default=CallState.OPEN)
    attempts = models.PositiveSmallIntegerField(default=0)
    answer = models.JSONField(null=True)
    created_at = models.DateTimeField(default=clock.now)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [one_of("state", CallState, name="call_state")]

    def __str__(self) -> str:
        return f"{self.key} {self.state}"
