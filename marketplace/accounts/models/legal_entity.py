from django.db import models
from django.utils.translation import gettext_lazy as _

from marketplace.core import clock
from marketplace.core.fields import PublicIdField


class LegalEntity(models.Model):
    """The company or person in law behind one or more parties of one owner; verified once for all of them."""

    public_id = PublicIdField(prefix="len")
    owner = models.ForeignKey(
        "accounts.User",
        on_delete=models.PROTECT,
        related_name="legal_entities",
        verbose_name=_("owner"),
    )
    name = models.CharField(_("legal name"), max_length=160)
    country = models.CharField(_("country"), max_length=2)
    registration_number = models.CharField(_("registration number"), max_length=60, blank=True)
    tax_id = models.CharField(_("tax id"), max_length=60, blank=True)
    # None: verified before it was asked.
    address = models.CharField(_("registered address"), max_length=300, blank=True)
    created_at = models.DateTimeField(_("created"), default=clock.now)

    class Meta:
        verbose_name = _("legal entity")
        verbose_name_plural = _("legal entities")
        indexes = [models.Index(fields=["country", "tax_id"], name="legal_entity_tax_id")]

    def __str__(self) -> str:
        return self.name
