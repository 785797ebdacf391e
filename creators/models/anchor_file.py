from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from marketplace.accounts.categories import Category
from marketplace.accounts.platforms import Platform


class AnchorFile(models.Model):
    """What an anchor tells merchants about herself. Figures come later, each with its proof."""

    party = models.OneToOneField("accounts.Party", on_delete=models.PROTECT, related_name="anchor_file")
    categories = ArrayField(
        models.CharField(max_length=12, choices=Category.choices), default=list, verbose_name=_("What you show")
    )
    region = models.CharField(_("Where you are"), max_length=80, blank=True)
    platform = models.CharField(_("Main platform"), max_length=12, choices=Platform.choices, blank=True)
    handle = models.CharField(_("Your name there"), max_length=60, blank=True)
    bio = models.TextField(_("Two sentences about you"), max_length=600, blank=True)

    def __str__(self) -> str:
        return self.party.name
