from django.db import models
from django.db.models import Q

from marketplace.core import clock
from marketplace.core.database_roles import APPEND
from marketplace.core.fields import CurrencyField, PublicIdField
from marketplace.core.models.event import APPEND_ONLY
from marketplace.core.money import Money


class Transfer(models.Model):
    """From the platform's part of the account to a payee's: the bank sees nothing of it."""

    database_rights = APPEND

    public_id = PublicIdField(prefix="btr")
    reference = models.CharField(max_length=80, unique=True)
    payee = models.ForeignKey("bank_rail.Payee", on_delete=models.PROTECT, related_name="transfers")
    charge = models.CharField(max_length=80)
    amount_minor = models.BigIntegerField()
    currency = CurrencyField()
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(amount_minor__gt=0), name="bank_transfer_positive")]
        triggers = APPEND_ONLY

    def __str__(self) -> str:
        return f"{self.reference} {self.money}"

    @property
    def money(self) -> Money:
        return Money(self.amount_minor, self.currency)


class Reversal(models.Model):
    """A part of a transfer, or the whole of it, back on the platform's part."""

    database_rights = APPEND

    public_id = PublicIdField(prefix="brv")
    reference = models.CharField(max_length=80, unique=True)
    transfer = models.ForeignKey(Transfer, on_delete=models.PROTECT, related_name="reversals")
    amount_minor = models.BigIntegerField()
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(amount_minor__gt=0), name="bank_reversal_positive")]
        triggers = APPEND_ONLY

    def __str__(self) -> str:
        return f"{self.reference} {self.money}"

    @property
    def money(self) -> Money:
        return Money(self.amount_minor, self.transfer.currency)
