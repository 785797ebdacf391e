from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from marketplace.bank_rail.machine import BatchState
from marketplace.bank_rail.models.desk_only import DeskOnly
from marketplace.bank_rail.models.kept import kept
from marketplace.core import clock
from marketplace.core.fields import CurrencyField, PublicIdField, StateField, one_of
from marketplace.core.money import Money


class Batch(models.Model):
    """Orders that go to the bank in one file. Whoever makes it does not approve it; the file is written then, once."""

    public_id = PublicIdField(prefix="bbt")
    state = StateField(default=BatchState.DRAFTED)
    currency = CurrencyField()
    count = models.PositiveIntegerField(_("orders"))
    amount_minor = models.BigIntegerField(_("amount in minor units"))
    made_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+", verbose_name=_("made by"))
    made_at = models.DateTimeField(_("made"), default=clock.now)
    approved_by = models.ForeignKey(
        "accounts.User", null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("approved by")
    )
    approved_at = models.DateTimeField(_("approved"), null=True)
    closed_at = models.DateTimeField(_("closed"), null=True)
    sealed_file = models.TextField(_("sealed file"), blank=True)
    sha256 = models.CharField(_("hash of the file"), max_length=64, blank=True)

    objects = DeskOnly.as_manager()

    class Meta:
        verbose_name = _("batch of orders")
        verbose_name_plural = _("batches of orders")
        triggers = kept("currency", "count", "amount_minor", "made_by")
        constraints = [
            one_of("state", BatchState, name="bank_batch_state"),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("made_by")), name="bank_batch_by_two_people"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["drafted", "cancelled"]) | Q(approved_by__isnull=False),
                name="bank_batch_approved_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.made_at:%Y-%m-%d %H:%M} {self.money}"

    @property
    def money(self) -> Money:
        return Money(self.amount_minor, self.currency)
