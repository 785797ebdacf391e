from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from marketplace.contracts.machine import CancellationState
from marketplace.contracts.models.contract import Contract
from marketplace.core import clock
from marketplace.core.fields import PublicIdField, StateField, one_of
from marketplace.core.money import Money


class Side(models.TextChoices):
    MERCHANT = "merchant", _("Merchant")
    ANCHOR = "anchor", _("Anchor")


class Cancellation(models.Model):
    """One side asks to end the contract. What that costs is computed and shown before anybody asks, and frozen here."""

    public_id = PublicIdField(prefix="cnl")
    contract = models.ForeignKey(
        Contract, on_delete=models.PROTECT, related_name="cancellations", verbose_name=_("contract")
    )
    side = models.CharField(_("asked by"), max_length=8, choices=Side.choices)
    by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+", verbose_name=_("by"))
    words = models.TextField(_("why"), max_length=1000)
    stage = models.CharField(_("stage"), max_length=24)
    rate_bp = models.PositiveIntegerField(_("kill fee, in basis points"))
    kill_fee_minor = models.BigIntegerField(_("kill fee, in minor units"))
    state = StateField(default=CancellationState.REQUESTED)
    asked_at = models.DateTimeField(_("asked"), default=clock.now)
    answer_by = models.DateTimeField(_("answer by"))
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)

    class Meta:
        verbose_name = _("cancellation")
        verbose_name_plural = _("cancellations")
        constraints = [
            one_of("state", CancellationState, name="cancellation_state"),
            models.UniqueConstraint(fields=["contract"], condition=Q(state="requested"), name="cancellation_one_open"),
            models.CheckConstraint(condition=Q(kill_fee_minor__gte=0, rate_bp__lte=10_000), name="cancellation_fee"),
        ]

    def __str__(self) -> str:
        return f"{self.contract_id}: {self.state}"

    @property
    def kill_fee(self) -> Money:
        return Money(self.kill_fee_minor, self.contract.currency)
