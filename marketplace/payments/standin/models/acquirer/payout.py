"""Money from a connected account's balance to her bank account outside."""

from django.db import models

from marketplace.payments.standin.models.acquirer.connected import ConnectedAccount


class ConnectedPayout(models.Model):
    """In transit, the money has left her balance and may still come back; a bank returns even what was paid."""

    class Status(models.TextChoices):
        IN_TRANSIT = "in_transit"
        PAID = "paid"
        FAILED = "failed"

    id = models.CharField(max_length=80, primary_key=True)
    account = models.ForeignKey(ConnectedAccount, on_delete=models.PROTECT, related_name="payouts")
    status = models.CharField(max_length=12, choices=Status)
    automatic = models.BooleanField(default=False)
    amount_minor = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    description = models.CharField(max_length=500, blank=True)
    statement_descriptor = models.CharField(max_length=22, blank=True)
    metadata = models.JSONField(default=dict)
    bank_account = models.CharField(max_length=40)
    failure_code = models.CharField(max_length=40, blank=True)
    created_at = models.DateTimeField()
    arrives_at = models.DateTimeField()
    settles_well = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="standin_connected_payout_amount", condition=models.Q(amount_minor__gt=0))
        ]
        indexes = [
            models.Index(
                fields=["arrives_at"], name="standin_connected_arriving", condition=models.Q(status="in_transit")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.id} ({self.status})"
