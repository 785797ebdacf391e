"""Money going back to the card that it came from."""

from django.db import models

from marketplace.payments.standin.models.checkout import Charge


class Refund(models.Model):
    """One refund of one charge. While pending, the money has left the platform and may still come back."""

    class Status(models.TextChoices):
        PENDING = "pending"
        SUCCEEDED = "succeeded"
        FAILED = "failed"

    id = models.CharField(max_length=40, primary_key=True)
    charge = models.ForeignKey(Charge, on_delete=models.PROTECT, related_name="refunds")
    status = models.CharField(max_length=12, choices=Status)
    amount_minor = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    reference = models.CharField(max_length=200, db_index=True)
    reason = models.CharField(max_length=200, blank=True)
    failure_code = models.CharField(max_length=40, blank=True)
    created_at = models.DateTimeField()
    settles_at = models.DateTimeField(null=True)
    settles_to = models.CharField(max_length=12, choices=Status, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="standin_refund_amount", condition=models.Q(amount_minor__gt=0)),
            models.CheckConstraint(
                name="standin_refund_status", condition=models.Q(status__in=["pending", "succeeded", "failed"])
            ),
            models.CheckConstraint(
                name="standin_refund_settles",
                condition=~models.Q(status="pending") | models.Q(settles_at__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["settles_at"], name="standin_refund_settling", condition=models.Q(status="pending")),
        ]

    def __str__(self) -> str:
        return f"{self.id} ({self.status})"
