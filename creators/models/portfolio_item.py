from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from marketplace.core import clock
from marketplace.core.fields import PublicIdField


class PortfolioItem(models.Model):
    """A piece of work to show: a picture, a link, or a picture that leads there."""

    public_id = PublicIdField(prefix="pfi")
    file = models.ForeignKey("creators.AnchorFile", on_delete=models.CASCADE, related_name="portfolio")
    position = models.PositiveSmallIntegerField()
    caption = models.CharField(_("What it is"), max_length=80)
    note = models.CharField(_("What came of it"), max_length=80, blank=True)
    link = models.URLField(_("Link"), max_length=300, blank=True)
    picture = models.CharField(max_length=40, blank=True)  # public id of a media asset
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(link="") | ~Q(picture=""), name="portfolio_item_shows_something"),
            models.UniqueConstraint(
                fields=["file", "position"],
                name="portfolio_item_order",
                deferrable=models.Deferrable.DEFERRED,
            ),
        ]
        ordering = ["position"]

    def __str__(self) -> str:
        return self.caption
