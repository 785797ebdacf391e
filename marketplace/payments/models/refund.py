from django.db import models
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from marketplace.core import clock
from marketplace.core.actor import Actor, StaffRole
from marketplace.core.fields import CurrencyField, PublicIdField, StateField, one_of
from marketplace.core.money import Money
from marketplace.payments.machine import RefundState


class RefundQuerySet(QuerySet["Refund"]):
    def visible_to(self, actor: Actor) -> "RefundQuerySet":
        if StaffRole.FINANCE in actor.staff_roles:
            return self
        return self.filter(party_id=actor.party_id) if actor.party_id else self.none()


class Refund(models.Model):
    """Money on its way back to the charge that it came from; nowhere else."""

    class Reason(models.TextChoices):
        ASKED = "asked"
        UNUSED = "unused"  # 85 days after the charge
        NOT_NEEDED = "not_needed"  # a contract that was paid twice, or too late
        CANCELLED = "cancelled"
        DISPUTE = "dispute"
        AMENDED = "amended"  # a lower fee was agreed

    public_id = PublicIdField(prefix="rfd")
    party = models.ForeignKey(
        "accounts.Party",
        on_delete=models.PROTECT,
        related_name="refunds",
        verbose_name=_("party"),
    )
    lot = models.ForeignKey(
        "ledger.FundingLot",
        on_delete=models.PROTECT,
        related_name="refunds",
        verbose_name=_("funding lot"),
    )
    provider = models.CharField(_("provider"), max_length=20)
    charge = models.CharField(_("charge"), max_length=80)
    amount_minor = models.BigIntegerField(_("amount in minor units"))
    currency = CurrencyField()
    reason = models.CharField(_("reason"), max_length=10, choices=Reason.choices)
    state = StateField(default=RefundState.SUBMITTING)
    epoch = models.PositiveSmallIntegerField(_("attempt"), default=1)
    provider_refund = models.CharField(_("the provider's refund"), max_length=80, blank=True)
    failure = models.CharField(_("failure"), max_length=80, blank=True)
    fee_minor = models.BigIntegerField(_("the provider's fee, in minor units"), default=0)
    fee_currency = CurrencyField(verbose_name=_("currency of the fee"), blank=True)
    fee_lines = models.PositiveSmallIntegerField(_("lines of the fee"), default=0)  # none: it is not known yet
    again_of = models.OneToOneField(
        "self",
        null=True,
        on_delete=models.PROTECT,
        related_name="again",
        verbose_name=_("once more of"),
    )
    asked_by = models.ForeignKey(
        "accounts.User",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("asked by"),
    )
    created_at = models.DateTimeField(_("created"), default=clock.now)
    checked_at = models.DateTimeField(_("last asked"), default=clock.now)
    closed_at = models.DateTimeField(_("closed"), null=True)

    objects = RefundQuerySet.as_manager()

    class Meta:
        verbose_name = _("refund")
        verbose_name_plural = _("refunds")
        constraints = [
            one_of("state", RefundState, name="refund_state"),
            models.CheckConstraint(condition=Q(amount_minor__gt=0), name="refund_positive"),
        ]
        indexes = [
            models.Index(fields=["party", "-id"], name="refund_by_party"),
            models.Index(fields=["charge"], name="refund_by_charge"),
            models.Index(fields=["checked_at"], name="refund_open", condition=Q(state__in=["submitting", "sent"])),
            models.Index(fields=["closed_at"], name="refund_fee_unknown", condition=Q(fee_lines=0, state="done")),
        ]

    def __str__(self) -> str:
        return f"{self.money} {self.state}"

    @property
    def money(self) -> Money:
        return Money(self.amount_minor, self.currency)
