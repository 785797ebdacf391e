from django.db import models
from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from marketplace.core import clock
from marketplace.core.actor import Actor, StaffRole
from marketplace.core.database_roles import APPEND
from marketplace.core.fields import CurrencyField, PublicIdField
from marketplace.core.models.event import APPEND_ONLY
from marketplace.core.money import Money


class FeeReturnQuerySet(QuerySet["FeeReturn"]):
    def visible_to(self, actor: Actor) -> "FeeReturnQuerySet":
        """Finance staff's business."""
        return self if StaffRole.FINANCE in actor.staff_roles else self.none()


class FeeReturn(models.Model):
    """The platform's fee of one release, given back to the merchant whole, with its VAT. Never changed."""

    database_rights = APPEND

    public_id = PublicIdField(prefix="fre")
    release = models.OneToOneField(
        "contracts.Release", on_delete=models.PROTECT, related_name="fee_return", verbose_name=_("release")
    )
    party = models.ForeignKey("accounts.Party", on_delete=models.PROTECT, related_name="+", verbose_name=_("merchant"))
    fee_minor = models.BigIntegerField(_("platform fee, in minor units"))
    vat_minor = models.BigIntegerField(_("VAT, in minor units"))
    currency = CurrencyField()
    reason = models.TextField(_("reason, as the merchant reads it"), max_length=500)
    decided_by = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, related_name="+", verbose_name=_("decided by")
    )
    at = models.DateTimeField(_("given back"), default=clock.now)

    objects = FeeReturnQuerySet.as_manager()

    class Meta:
        verbose_name = _("fee given back")
        verbose_name_plural = _("fees given back")
        constraints = [
            models.CheckConstraint(
                condition=Q(fee_minor__gte=0, vat_minor__gte=0) & Q(fee_minor__gt=-F("vat_minor")) & ~Q(reason=""),
                name="fee_return_of_something",
            )
        ]
        triggers = APPEND_ONLY

    def __str__(self) -> str:
        return str(self.money)

    @property
    def money(self) -> Money:
        return Money(self.fee_minor + self.vat_minor, self.currency)
