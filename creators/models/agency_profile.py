from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from marketplace.accounts.categories import Category
from marketplace.accounts.regions import Region


class AgencyProfile(models.Model):
    """What a PGC agency tells anchors and merchants about itself."""

    party = models.OneToOneField("accounts.Party", on_delete=models.PROTECT, related_name="agency_profile")
    categories = ArrayField(
        models.CharField(max_length=12, choices=Category.choices), default=list, verbose_name=_("What you are good at")
    )
    region = models.CharField(_("Where you are"), max_length=16, choices=Region.choices, blank=True)
    site = models.URLField(_("Web site"), blank=True)
    about = models.TextField(_("What you do for anchors"), max_length=600, blank=True)

    def __str__(self) -> str:
        return self.party.name
