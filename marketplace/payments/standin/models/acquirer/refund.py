"""Money going back to the card that it came from. The fee of the charge stays with the acquirer."""

from django.db import models

from marketplace.payments.standin.models.acquirer.payment import CardCharge


class CardRefund(models.Model):
    """While pending, the money has left the platform's balance and may still come back."""

    class Status(models.TextChoices):
        PENDING = "pending"
        SUCCEEDED = "succeeded"
        FAILED = "failed"

    id = models.CharField(max_length=80, primary_key=True)
    charge = models.ForeignKey(CardCharge, on_delete=models.PROTECT, related_name="refunds")
    status = models.CharField(max_length=12, choices=Status)
    amount_minor = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    reason = models.CharField(max_length=40, blank=True)
    metadata = models.JSONField(default=dict)
    failure_code = models.CharField(max_length=40, blank=True)
    created_at = models.DateTimeField()
    settles_at = models.DateTimeField(null=True)
    settles_well = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="standin_card_refund_amount", condition=models.Q(amount_minor__gt=0)),
            models.CheckConstraint(
                name="standin_card_refund_settles",
                condition=~models.Q(status="pending") | models.Q(settles_at__isnull=False),
            ),
        ]
        indexes = [
            models.Index(
                fields=["settles_at"], name="standin_card_refund_settling", condition=models.Q(status="pending")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.id} ({self.status})"
