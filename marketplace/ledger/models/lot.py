from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from marketplace.core.database_roles import READ
from marketplace.core.fields import CurrencyField, PublicIdField
from marketplace.core.models.event import APPEND_ONLY
from marketplace.ledger.models.account import Account
from marketplace.ledger.models.journal import Journal


class FundingLot(models.Model):
    """Money from one charge, as long as we hold it: what a refund goes back to, and what the clocks run from.

    When part of it moves to another account (a wallet's money into a contract), that part becomes a lot of its own
    with `parent`, the same charge and the same `charged_at`.
    """

    database_rights = READ

    public_id = PublicIdField(prefix="lot")
    held_in = models.ForeignKey(
        Account,
        on_delete=models.PROTECT,
        related_name="lots",
        db_index=False,
        verbose_name=_("held in"),
    )
    parent = models.ForeignKey(
        "self",
        null=True,
        on_delete=models.PROTECT,
        related_name="parts",
        verbose_name=_("split from"),
    )
    provider = models.CharField(_("provider"), max_length=20)
    charge = models.CharField(_("charge"), max_length=80)
    amount_minor = models.BigIntegerField(_("amount in minor units"))
    remaining_minor = models.BigIntegerField(_("remaining in minor units"))
    currency = CurrencyField()
    charged_at = models.DateTimeField(_("charged"))

    class Meta:
        verbose_name = _("funding lot")
        verbose_name_plural = _("funding lots")
        constraints = [
            models.CheckConstraint(
                condition=Q(amount_minor__gt=0, remaining_minor__gte=0, remaining_minor__lte=F("amount_minor")),
                name="lot_not_overused",
            ),
            models.UniqueConstraint(
                fields=["provider", "charge"], condition=Q(parent=None), name="lot_once_per_charge"
            ),
        ]
        indexes = [
            models.Index(
                fields=["held_in", "charged_at", "id"], name="lot_oldest_first", condition=Q(remaining_minor__gt=0)
            )
        ]

    def __str__(self) -> str:
        return f"{self.provider} {self.charge}: {self.remaining_minor} of {self.amount_minor} {self.currency}"


class LotUse(models.Model):
    """How much of a lot one journal used; negative when it came back."""

    database_rights = READ

    pk = models.CompositePrimaryKey("journal_id", "lot_id")
    journal = models.ForeignKey(Journal, on_delete=models.PROTECT, related_name="lot_uses", db_index=False)
    lot = models.ForeignKey(FundingLot, on_delete=models.PROTECT, related_name="uses")
    amount_minor = models.BigIntegerField()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(amount_minor=0), name="use_not_zero")]
        triggers = APPEND_ONLY

    def __str__(self) -> str:
        return f"{self.journal_id} uses {self.amount_minor} of {self.lot_id}"
