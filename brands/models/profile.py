from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from marketplace.accounts.categories import Category


class BrandProfile(models.Model):
    """What a brand tells about itself."""

    party = models.OneToOneField("accounts.Party", on_delete=models.PROTECT, related_name="brand_profile")
    categories = ArrayField(
        models.CharField(max_length=12, choices=Category.choices), default=list, verbose_name=_("What you sell")
    )
    site = models.URLField(_("Web site"), blank=True)
    story = models.TextField(_("Your story in two or three sentences"), max_length=600, blank=True)

    def __str__(self) -> str:
        return self.party.name
