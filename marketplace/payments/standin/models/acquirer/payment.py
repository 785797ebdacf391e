"""Being paid by card: the session that a payer is sent to, what is meant to be paid, and each attempt to pay it."""

from django.db import models


class CardIntent(models.Model):
    """One amount to be paid, through any number of attempts, of which one succeeds."""

    class Status(models.TextChoices):
        WAITING = "waiting"  # for a means of payment, the first or another one
        CHALLENGED = "challenged"  # the card's bank wants to see its holder
        PROCESSING = "processing"
        SUCCEEDED = "succeeded"
        CANCELED = "canceled"

    id = models.CharField(max_length=80, primary_key=True)
    status = models.CharField(max_length=12, choices=Status, default=Status.WAITING)
    amount_minor = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    description = models.CharField(max_length=500, blank=True)
    transfer_group = models.CharField(max_length=200, blank=True, db_index=True)
    metadata = models.JSONField(default=dict)
    failure_code = models.CharField(max_length=40, blank=True)
    # While processing: when the money's fate is decided, and whether it comes.
    settles_at = models.DateTimeField(null=True)
    settles_well = models.BooleanField(default=True)
    canceled_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="standin_intent_amount", condition=models.Q(amount_minor__gt=0)),
            models.CheckConstraint(
                name="standin_intent_settles",
                condition=~models.Q(status="processing") | models.Q(settles_at__isnull=False),
            ),
        ]
        indexes = [
            models.Index(
                fields=["settles_at"], name="standin_intent_settling", condition=models.Q(status="processing")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.id} ({self.status})"


class CardSession(models.Model):
    """The hosted page for one payment. It is complete once the payer is through, however the money then fares."""

    class Status(models.TextChoices):
        OPEN = "open"
        COMPLETE = "complete"
        EXPIRED = "expired"

    id = models.CharField(max_length=80, primary_key=True)
    status = models.CharField(max_length=12, choices=Status, default=Status.OPEN)
    paid = models.BooleanField(default=False)
    # There is nothing to pay with before the payer tries for the first time.
    intent = models.OneToOneField(CardIntent, on_delete=models.PROTECT, related_name="session", null=True)
    amount_minor = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    reference = models.CharField(max_length=200, blank=True)
    customer_email = models.CharField(max_length=200, blank=True)
    locale = models.CharField(max_length=20, blank=True)
    metadata = models.JSONField(default=dict)
    lines = models.JSONField(default=list)  # [{name, description, unit_minor, quantity}]
    intent_fields = models.JSONField(default=dict)  # what the intent will carry
    success_url = models.CharField(max_length=2000)
    cancel_url = models.CharField(max_length=2000, blank=True)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(name="standin_session_amount", condition=models.Q(amount_minor__gt=0))]
        indexes = [
            models.Index(fields=["expires_at"], name="standin_session_open", condition=models.Q(status="open")),
        ]

    def __str__(self) -> str:
        return f"{self.id} ({self.status})"


class CardCharge(models.Model):
    """One attempt. Only one that succeeded has moved money, and of an intent only one does."""

    class Status(models.TextChoices):
        PENDING = "pending"
        SUCCEEDED = "succeeded"
        FAILED = "failed"

    id = models.CharField(max_length=80, primary_key=True)
    intent = models.ForeignKey(CardIntent, on_delete=models.PROTECT, related_name="charges")
    status = models.CharField(max_length=12, choices=Status)
    method = models.CharField(max_length=20)
    amount_minor = models.BigIntegerField()
    fee_minor = models.BigIntegerField(default=0)
    refunded_minor = models.BigIntegerField(default=0)
    sent_minor = models.BigIntegerField(default=0)  # by transfers that named this charge, reversed or not
    disputed = models.BooleanField(default=False)
    currency = models.CharField(max_length=3)
    failure_code = models.CharField(max_length=40, blank=True)
    created_at = models.DateTimeField()
    available_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="standin_card_charge_never_over_refunded",
                condition=models.Q(refunded_minor__gte=0, refunded_minor__lte=models.F("amount_minor")),
            ),
            models.CheckConstraint(
                name="standin_card_charge_never_over_sent",
                condition=models.Q(sent_minor__gte=0, sent_minor__lte=models.F("amount_minor")),
            ),
            models.UniqueConstraint(
                fields=["intent"], name="standin_card_charge_paid_once", condition=models.Q(status="succeeded")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.id} ({self.status})"
