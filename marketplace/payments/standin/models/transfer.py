"""Money from the platform's balance to a payee's account, out of one charge if it names one; and back again."""

from django.db import models

from marketplace.payments.standin.models.checkout import Charge
from marketplace.payments.standin.models.payee import Payee


class Transfer(models.Model):
    """Final the moment it is made; only a reversal takes it back."""

    id = models.CharField(max_length=40, primary_key=True)
    payee = models.ForeignKey(Payee, on_delete=models.PROTECT, related_name="transfers")
    charge = models.ForeignKey(Charge, on_delete=models.PROTECT, related_name="transfers", null=True)
    amount_minor = models.BigIntegerField()
    reversed_minor = models.BigIntegerField(default=0)
    currency = models.CharField(max_length=3)
    reference = models.CharField(max_length=200, db_index=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="standin_transfer_amount", condition=models.Q(amount_minor__gt=0)),
            models.CheckConstraint(
                name="standin_transfer_never_over_reversed",
                condition=models.Q(reversed_minor__gte=0, reversed_minor__lte=models.F("amount_minor")),
            ),
        ]

    def __str__(self) -> str:
        return self.id


class Reversal(models.Model):
    """Part or all of a transfer, back on the platform's balance."""

    id = models.CharField(max_length=40, primary_key=True)
    transfer = models.ForeignKey(Transfer, on_delete=models.PROTECT, related_name="reversals")
    amount_minor = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    reference = models.CharField(max_length=200, db_index=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(name="standin_reversal_amount", condition=models.Q(amount_minor__gt=0))]

    def __str__(self) -> str:
        return self.id
