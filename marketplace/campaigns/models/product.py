from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from marketplace.campaigns.links import LONGEST, host_of
from marketplace.core.fields import CurrencyField, PublicIdField
from marketplace.core.money import Money

MOST_PRODUCTS = 6


class TaskProduct(models.Model):
    """A thing that the job is about, as its merchant tells of it. The price is in minor units of its own currency; 0 is
    not told.
    """

    public_id = PublicIdField(prefix="prd")
    task = models.ForeignKey(
        "campaigns.VTask", on_delete=models.PROTECT, related_name="products", verbose_name=_("V task")
    )
    place = models.PositiveSmallIntegerField(
        _("place"), validators=[MinValueValidator(1), MaxValueValidator(MOST_PRODUCTS)]
    )
    name = models.CharField(_("Product"), max_length=80)
    price_minor = models.BigIntegerField(_("price in minor units"), default=0)
    currency = CurrencyField(default="CNY")
    link = models.CharField(_("Link"), max_length=LONGEST, blank=True)
    picture = models.CharField(_("picture"), max_length=40, blank=True)  # public id of a media asset

    class Meta:
        verbose_name = _("product")
        verbose_name_plural = _("products")
        ordering = ["place"]
        constraints = [
            models.UniqueConstraint(
                fields=["task", "place"], name="product_one_a_place", deferrable=models.Deferrable.DEFERRED
            ),
            models.CheckConstraint(condition=Q(place__gte=1, place__lte=MOST_PRODUCTS), name="product_place"),
            models.CheckConstraint(condition=~Q(name=""), name="product_has_a_name"),
            models.CheckConstraint(condition=Q(price_minor__gte=0), name="product_price"),
            models.CheckConstraint(condition=Q(link="") | Q(link__startswith="https://"), name="product_link"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def price(self) -> Money | None:
        return Money(self.price_minor, self.currency) if self.price_minor else None

    @property
    def host(self) -> str:
        return host_of(self.link)

    @property
    def said(self) -> str:
        """One line for the contract: what it is called, and its price where that was told."""
        return f"{self.name}, {self.price}" if self.price else self.name
