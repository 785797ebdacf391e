"""Money from a payee's account here to her bank account outside."""

from django.db import models

from marketplace.payments.standin.models.payee import Payee


class Payout(models.Model):
    """In transit, the money has left the payee's account and may still come back; a bank returns even what was paid."""

    class Status(models.TextChoices):
        IN_TRANSIT = "in_transit"
        PAID = "paid"
        FAILED = "failed"

    id = models.CharField(max_length=40, primary_key=True)
    payee = models.ForeignKey(Payee, on_delete=models.PROTECT, related_name="payouts")
    status = models.CharField(max_length=12, choices=Status)
    amount_minor = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    reference = models.CharField(max_length=200, db_index=True)
    last4 = models.CharField(max_length=4)
    failure_code = models.CharField(max_length=40, blank=True)
    created_at = models.DateTimeField()
    arrives_at = models.DateTimeField()
    settles_to = models.CharField(max_length=12, choices=Status)

    class Meta:
        constraints = [
            models.CheckConstraint(name="standin_payout_amount", condition=models.Q(amount_minor__gt=0)),
            models.CheckConstraint(
                name="standin_payout_status", condition=models.Q(status__in=["in_transit", "paid", "failed"])
            ),
        ]
        indexes = [
            models.Index(
                fields=["arrives_at"], name="standin_payout_arriving", condition=models.Q(status="in_transit")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.id} ({self.status})"
