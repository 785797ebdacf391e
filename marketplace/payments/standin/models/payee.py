"""Somebody who is paid through the platform: her account at this bank, and the one outside that it empties into."""

from django.db import models


class Payee(models.Model):
    """A connected account. Of the bank account outside, only the last four digits and a fingerprint are kept."""

    id = models.CharField(max_length=40, primary_key=True)
    reference = models.CharField(max_length=200, db_index=True)
    label = models.CharField(max_length=200)
    holder = models.CharField(max_length=120, blank=True)
    bank_name = models.CharField(max_length=120, blank=True)
    last4 = models.CharField(max_length=4, blank=True)
    # The same number has the same fingerprint, which does not lead back to it.
    fingerprint = models.CharField(max_length=64, blank=True)
    payouts_enabled = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="standin_payee_paid_to_an_account",
                condition=models.Q(payouts_enabled=False) | ~models.Q(last4=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.label} ({self.id})"


class PayeeLink(models.Model):
    """A way to the hosted page: unguessable, for a quarter of an hour, used up by saving."""

    id = models.CharField(max_length=40, primary_key=True)
    payee = models.ForeignKey(Payee, on_delete=models.PROTECT, related_name="links")
    return_url = models.CharField(max_length=2000)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.id
