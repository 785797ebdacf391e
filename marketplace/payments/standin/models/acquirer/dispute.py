"""A cardholder who asks her bank for the money back."""

from django.db import models

from marketplace.payments.standin.models.acquirer.payment import CardCharge


class CardDispute(models.Model):
    """The amount and a fee leave the platform's balance when it opens; the amount comes back when it is won. A charge
    may have several, each of what no other holds."""

    class Status(models.TextChoices):
        NEEDS_RESPONSE = "needs_response"
        UNDER_REVIEW = "under_review"
        WON = "won"
        LOST = "lost"

    id = models.CharField(max_length=80, primary_key=True)
    charge = models.ForeignKey(CardCharge, on_delete=models.PROTECT, related_name="disputes")
    status = models.CharField(max_length=16, choices=Status, default=Status.NEEDS_RESPONSE)
    amount_minor = models.BigIntegerField()
    fee_minor = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    reason = models.CharField(max_length=40)
    evidence = models.JSONField(default=dict)
    submissions = models.PositiveSmallIntegerField(default=0)
    metadata = models.JSONField(default=dict)
    due_by = models.DateTimeField()
    created_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(name="standin_dispute_amount", condition=models.Q(amount_minor__gt=0))]
        indexes = [
            models.Index(fields=["due_by"], name="standin_dispute_due", condition=models.Q(status="needs_response")),
        ]

    def __str__(self) -> str:
        return f"{self.id} ({self.status})"
