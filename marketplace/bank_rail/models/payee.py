from django.db import models
from django.utils.translation import gettext_lazy as _

from marketplace.bank_rail.models.desk_only import DeskOnly
from marketplace.core import clock
from marketplace.core.fields import PublicIdField


class Payee(models.Model):
    """Whom we pay by transfer. The number of her account is sealed; `fingerprint` tells whether it is another."""

    public_id = PublicIdField(prefix="bpy")
    reference = models.CharField(_("reference"), max_length=80, unique=True)
    label = models.CharField(_("payee"), max_length=120)
    holder = models.CharField(_("name on the account"), max_length=120, blank=True)
    bank_name = models.CharField(_("bank"), max_length=120, blank=True)
    sealed_number = models.TextField(_("sealed number"), blank=True)
    last4 = models.CharField(_("last four digits"), max_length=4, blank=True)
    fingerprint = models.CharField(_("fingerprint"), max_length=64, blank=True)
    created_at = models.DateTimeField(_("created"), default=clock.now)
    named_at = models.DateTimeField(_("named"), null=True)

    objects = DeskOnly.as_manager()

    class Meta:
        verbose_name = _("payee by transfer")
        verbose_name_plural = _("payees by transfer")

    def __str__(self) -> str:
        return f"{self.label} •••• {self.last4}"
