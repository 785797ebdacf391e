"""What changed a balance at the acquirer, when it may be used, and what it cost."""

from django.db import models

from marketplace.payments.standin.models.books import Posting


class Movement(models.Model):
    """One line of one owner's balance: the platform's (no owner) or a connected account's. Append-only by trigger.

    The net is the leg of the owner's account in `posting`. It can be spent from `available_at` on.
    """

    seq = models.BigAutoField(primary_key=True)
    id = models.CharField(max_length=80, unique=True)
    owner = models.CharField(max_length=40, blank=True)
    kind = models.CharField(max_length=30)
    category = models.CharField(max_length=40)
    amount_minor = models.BigIntegerField()
    fee_minor = models.BigIntegerField(default=0)
    currency = models.CharField(max_length=3)
    source = models.CharField(max_length=80, db_index=True)
    description = models.CharField(max_length=500, blank=True)
    posting = models.ForeignKey(Posting, on_delete=models.PROTECT, related_name="movements")
    created_at = models.DateTimeField()
    available_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["owner", "currency", "available_at"], name="standin_movement_balance")]

    def __str__(self) -> str:
        return f"{self.id} {self.kind} {self.net_minor:+d}"

    @property
    def net_minor(self) -> int:
        """What it changed the balance by."""
        return self.amount_minor - self.fee_minor
