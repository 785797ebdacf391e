from django.db import models
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from marketplace.core import clock
from marketplace.core.actor import Actor, StaffRole
from marketplace.core.fields import CurrencyField, PublicIdField, StateField, one_of
from marketplace.core.money import Money
from marketplace.payments.machine import ReversalState


class TransferReversalQuerySet(QuerySet["TransferReversal"]):
    def visible_to(self, actor: Actor) -> "TransferReversalQuerySet":
        """The payee's own; finance staff see all."""
        if StaffRole.FINANCE in actor.staff_roles:
            return self
        return self.filter(party_id=actor.party_id) if actor.party_id else self.none()


class TransferReversal(models.Model):
    """Finance staff decided that a payee must give back what was transferred to her, whole; `reason` is what she reads.

    What is on her account at the provider still comes from there; what has left it is her debt.
    """

    public_id = PublicIdField(prefix="trv")
    transfer = models.ForeignKey(
        "payments.Transfer", on_delete=models.PROTECT, related_name="reversals", verbose_name=_("transfer")
    )
    party = models.ForeignKey("accounts.Party", on_delete=models.PROTECT, related_name="+", verbose_name=_("payee"))
    provider = models.CharField(_("provider"), max_length=20)
    amount_minor = models.BigIntegerField(_("amount in minor units"))
    currency = CurrencyField()
    reason = models.TextField(_("reason, as the payee reads it"), max_length=2000)
    decided_by = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, related_name="+", verbose_name=_("decided by")
    )
    state = StateField(default=ReversalState.SUBMITTING)
    epoch = models.PositiveSmallIntegerField(_("attempt"), default=1)
    provider_reversal = models.CharField(_("the provider's reversal"), max_length=80, blank=True)
    failure = models.CharField(_("failure"), max_length=80, blank=True)
    created_at = models.DateTimeField(_("created"), default=clock.now)
    checked_at = models.DateTimeField(_("last asked"), default=clock.now)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)

    objects = TransferReversalQuerySet.as_manager()

    class Meta:
        verbose_name = _("transfer taken back")
        verbose_name_plural = _("transfers taken back")
        constraints = [
            one_of("state", ReversalState, name="reversal_state"),
            models.CheckConstraint(condition=Q(amount_minor__gt=0) & ~Q(reason=""), name="reversal_has_a_reason"),
            models.UniqueConstraint(fields=["transfer"], condition=~Q(state="refused"), name="reversal_once"),
        ]
        indexes = [
            models.Index(fields=["party", "-id"], name="reversal_by_party"),
            models.Index(fields=["checked_at"], name="reversal_open", condition=Q(state="submitting")),
        ]

    def __str__(self) -> str:
        return f"{self.money} {self.state}"

    @property
    def money(self) -> Money:
        return Money(self.amount_minor, self.currency)
