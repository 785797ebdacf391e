from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from marketplace.bank_rail.models.desk_only import DeskOnly
from marketplace.core import clock
from marketplace.core.database_roles import APPEND
from marketplace.core.fields import CurrencyField
from marketplace.core.models.event import APPEND_ONLY
from marketplace.core.money import Money


class Entry(models.Model):
    """The rail's own books: one line for each thing that moved, never changed.

    Signed into the platform's part; of what leaves or comes back to a payee's part (`is_payees`), into hers.
    """

    class Kind(models.TextChoices):
        CHARGE = "charge", _("Paid in")
        REFUND = "refund", _("Refund")
        REFUND_RETURNED = "refund_returned", _("Refund that came back")
        TRANSFER = "transfer", _("Transfer to a payee")
        TRANSFER_REVERSED = "transfer_reversed", _("Transfer taken back")
        PAYOUT = "payout", _("Payout")
        PAYOUT_RETURNED = "payout_returned", _("Payout that came back")
        OTHER = "other", _("Something else")

    database_rights = APPEND

    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    subject = models.CharField(_("subject"), max_length=80)
    reference = models.CharField(_("reference"), max_length=80)
    payee = models.ForeignKey(
        "bank_rail.Payee", null=True, on_delete=models.PROTECT, related_name="entries", verbose_name=_("payee")
    )
    amount_minor = models.BigIntegerField(_("amount in minor units"))
    currency = CurrencyField()
    at = models.DateTimeField(_("at"), default=clock.now)

    objects = DeskOnly.as_manager()

    class Meta:
        verbose_name = _("entry")
        verbose_name_plural = _("entries")
        constraints = [models.CheckConstraint(condition=~Q(amount_minor=0), name="bank_entry_moves_something")]
        indexes = [models.Index(fields=["payee", "currency"], name="bank_entry_by_payee")]
        triggers = APPEND_ONLY

    def __str__(self) -> str:
        return f"{self.kind} {self.money}"

    @property
    def money(self) -> Money:
        return Money(self.amount_minor, self.currency)

    @property
    def is_payees(self) -> bool:
        return self.kind in (self.Kind.PAYOUT, self.Kind.PAYOUT_RETURNED)
