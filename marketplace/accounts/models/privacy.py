from django.db import models
from django.db.models import Q

from marketplace.accounts.machine import ErasureState, ExportState
from marketplace.core import clock
from marketplace.core.fields import PublicIdField, StateField, one_of


class DataExport(models.Model):
    """A copy of what we hold about a person (GDPR article 15 and 20), made in the worker, kept for seven days."""

    public_id = PublicIdField(prefix="exp")
    user = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="data_exports")
    state = StateField(default=ExportState.REQUESTED)
    content = models.BinaryField(null=True)
    requested_at = models.DateTimeField(default=clock.now)
    ready_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            one_of("state", ExportState, name="export_state"),
            models.UniqueConstraint(fields=["user"], condition=Q(state="requested"), name="export_one_at_a_time"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.state}"


class ErasureRequest(models.Model):
    """A person asks to be forgotten; what the law keeps (ledger, contracts) stays under a pseudonym."""

    public_id = PublicIdField(prefix="era")
    user = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="erasure_requests")
    state = StateField(default=ErasureState.REQUESTED)
    requested_at = models.DateTimeField(default=clock.now)
    due_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            one_of("state", ErasureState, name="erasure_state"),
            models.UniqueConstraint(fields=["user"], condition=Q(state="requested"), name="erasure_one_open"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.state}"
