"""A request to be paid once, and the charge that it becomes."""

from django.db import models


class Checkout(models.Model):
    """What Mooring asked for: one amount, once, by a payer whom it sends to the pay page."""

    class Status(models.TextChoices):
        OPEN = "open"
        PROCESSING = "processing"
        PAID = "paid"
        DECLINED = "declined"
        EXPIRED = "expired"
        CANCELLED = "cancelled"

    id = models.CharField(max_length=40, primary_key=True)
    status = models.CharField(max_length=12, choices=Status, default=Status.OPEN)
    amount_minor = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    reference = models.CharField(max_length=200, db_index=True)
    description = models.CharField(max_length=500, blank=True)
    payer_label = models.CharField(max_length=200, blank=True)
    metadata = models.JSONField(default=dict)
    success_url = models.CharField(max_length=2000)
    cancel_url = models.CharField(max_length=2000)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    # While processing: when the money's fate is decided, and which way.
    settles_at = models.DateTimeField(null=True)
    settles_to = models.CharField(max_length=12, choices=Status, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="standin_checkout_amount", condition=models.Q(amount_minor__gt=0)),
            models.CheckConstraint(
                name="standin_checkout_status",
                condition=models.Q(status__in=["open", "processing", "paid", "declined", "expired", "cancelled"]),
            ),
            models.CheckConstraint(
                name="standin_checkout_settles",
                condition=~models.Q(status="processing") | models.Q(settles_at__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["expires_at"], name="standin_checkout_open", condition=models.Q(status="open")),
            models.Index(
                fields=["settles_at"], name="standin_checkout_settling", condition=models.Q(status="processing")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.id} ({self.status})"


class Charge(models.Model):
    """Money that came in. A checkout becomes at most one charge."""

    id = models.CharField(max_length=40, primary_key=True)
    checkout = models.OneToOneField(Checkout, on_delete=models.PROTECT, related_name="charge")
    amount_minor = models.BigIntegerField()
    refunded_minor = models.BigIntegerField(default=0)
    transferred_minor = models.BigIntegerField(default=0)  # to payees, less what was reversed
    currency = models.CharField(max_length=3)
    reference = models.CharField(max_length=200, db_index=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="standin_charge_never_over_refunded",
                condition=models.Q(refunded_minor__gte=0, refunded_minor__lte=models.F("amount_minor")),
            ),
            models.CheckConstraint(
                name="standin_charge_never_over_spent",
                condition=models.Q(
                    transferred_minor__gte=0,
                    transferred_minor__lte=models.F("amount_minor") - models.F("refunded_minor"),
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.id

    @property
    def left_minor(self) -> int:
        """What neither went back to the payer nor on to a payee."""
        return self.amount_minor - self.refunded_minor - self.transferred_minor
