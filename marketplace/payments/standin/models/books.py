"""The books: accounts, postings, and the signed legs of each posting, which sum to zero."""

from django.db import models


class Account(models.Model):
    """Where money stands: outside with the cards or the payees' banks, with the platform, or with one payee.

    At the acquirer the platform has another balance, connected accounts have theirs, and fees are the acquirer's.
    One account a kind, owner and currency; only a payee's and a connected account's have an owner.
    """

    class Kind(models.TextChoices):
        CARDS = "cards"
        PLATFORM = "platform"
        PAYEE = "payee"
        BANKS = "banks"
        ACQUIRED = "acquired"
        CONNECTED = "connected"
        FEES = "fees"

    kind = models.CharField(max_length=16, choices=Kind)
    owner = models.CharField(max_length=40, blank=True, default="")
    currency = models.CharField(max_length=3)
    balance_minor = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "owner", "currency"], name="standin_account_once"),
            models.CheckConstraint(
                name="standin_account_not_overdrawn",
                # The acquirer takes refunds and disputes out of a platform that has less, and asks for the rest.
                condition=models.Q(kind__in=["cards", "acquired"]) | models.Q(balance_minor__gte=0),
            ),
            models.CheckConstraint(
                name="standin_account_owner",
                condition=models.Q(kind__in=["payee", "connected"]) ^ models.Q(owner=""),
            ),
            models.CheckConstraint(name="standin_account_currency", condition=models.Q(currency__regex="^[A-Z]{3}$")),
        ]

    def __str__(self) -> str:
        return f"{self.kind}:{self.owner}:{self.currency}"


class Posting(models.Model):
    """One thing that happened to money. Append-only by trigger."""

    class Kind(models.TextChoices):
        CHARGE = "charge"
        REFUND = "refund"
        REFUND_RETURNED = "refund_returned"
        TRANSFER = "transfer"
        TRANSFER_REVERSED = "transfer_reversed"
        PAYOUT = "payout"
        PAYOUT_RETURNED = "payout_returned"
        DISPUTE = "dispute"
        DISPUTE_RETURNED = "dispute_returned"

    kind = models.CharField(max_length=20, choices=Kind)
    subject = models.CharField(max_length=80)
    reference = models.CharField(max_length=200, db_index=True)
    posted_at = models.DateTimeField()

    class Meta:
        # A charge is posted once, a refund or a payout leaves once, whatever the code above believes.
        constraints = [models.UniqueConstraint(fields=["kind", "subject"], name="standin_posting_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject}"


class Leg(models.Model):
    """One account's side of a posting, with the balance after it. Append-only; a posting's legs sum to zero."""

    posting = models.ForeignKey(Posting, on_delete=models.PROTECT, related_name="legs")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="legs")
    amount_minor = models.BigIntegerField()
    balance_minor = models.BigIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="standin_leg_moves_something", condition=~models.Q(amount_minor=0)),
            models.UniqueConstraint(fields=["posting", "account"], name="standin_leg_once"),
        ]

    def __str__(self) -> str:
        return f"{self.account_id} {self.amount_minor:+d}"
