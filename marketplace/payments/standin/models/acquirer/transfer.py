"""Money from the platform's balance to a connected account's, and back."""

from django.db import models

from marketplace.payments.standin.models.acquirer.connected import ConnectedAccount
from marketplace.payments.standin.models.acquirer.payment import CardCharge


class ConnectedTransfer(models.Model):
    """Final the moment it is made. One that names its charge may be made before the charge's money is available."""

    id = models.CharField(max_length=80, primary_key=True)
    arrival_id = models.CharField(max_length=80, unique=True)  # what it is called on the other side
    account = models.ForeignKey(ConnectedAccount, on_delete=models.PROTECT, related_name="transfers_in")
    charge = models.ForeignKey(CardCharge, on_delete=models.PROTECT, related_name="transfers", null=True)
    amount_minor = models.BigIntegerField()
    reversed_minor = models.BigIntegerField(default=0)
    currency = models.CharField(max_length=3)
    transfer_group = models.CharField(max_length=200, blank=True, db_index=True)
    description = models.CharField(max_length=500, blank=True)
    metadata = models.JSONField(default=dict)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="standin_connected_transfer_amount", condition=models.Q(amount_minor__gt=0)),
            models.CheckConstraint(
                name="standin_connected_transfer_never_over_reversed",
                condition=models.Q(reversed_minor__gte=0, reversed_minor__lte=models.F("amount_minor")),
            ),
        ]

    def __str__(self) -> str:
        return self.id


class ConnectedReversal(models.Model):
    """Part or all of a transfer, back on the platform's balance."""

    id = models.CharField(max_length=80, primary_key=True)
    transfer = models.ForeignKey(ConnectedTransfer, on_delete=models.PROTECT, related_name="reversals")
    amount_minor = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    description = models.CharField(max_length=500, blank=True)
    metadata = models.JSONField(default=dict)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="standin_connected_reversal_amount", condition=models.Q(amount_minor__gt=0))
        ]

    def __str__(self) -> str:
        return self.id
