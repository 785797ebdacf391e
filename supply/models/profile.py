from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from marketplace.accounts.categories import Category


class SupplierProfile(models.Model):
    """What a supplier tells about itself."""

    party = models.OneToOneField("accounts.Party", on_delete=models.PROTECT, related_name="supplier_profile")
    categories = ArrayField(
        models.CharField(max_length=12, choices=Category.choices), default=list, verbose_name=_("What you supply")
    )
    ships_from = models.CharField(_("Where you ship from"), max_length=80, blank=True)
    about = models.TextField(_("What anchors should know about your goods"), max_length=600, blank=True)

    site = models.URLField(_("Web site"), blank=True)

    def __str__(self) -> str:
        return self.party.name
