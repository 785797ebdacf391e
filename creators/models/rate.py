from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from marketplace.campaigns.models import Form
from marketplace.core.fields import CurrencyField
from marketplace.core.money import Money


class Rate(models.Model):
    """What an anchor asks for one form of work. `is_from`: the price begins there."""

    file = models.ForeignKey("creators.AnchorFile", on_delete=models.CASCADE, related_name="rates")
    form = models.CharField(_("Form"), max_length=16, choices=Form.choices)
    minutes = models.PositiveSmallIntegerField(_("Minutes"), null=True, blank=True)
    price_minor = models.BigIntegerField()
    currency = CurrencyField()
    is_from = models.BooleanField(_("from"), default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["file", "form"], name="rate_once"),
            models.CheckConstraint(condition=Q(price_minor__gt=0), name="rate_has_a_price"),
            models.CheckConstraint(condition=Q(form__in=Form.values), name="rate_form"),
        ]
        indexes = [models.Index(fields=["form", "currency", "price_minor", "file"], name="rate_by_price")]

    def __str__(self) -> str:
        return f"{self.get_form_display()} {self.price}"

    @property
    def price(self) -> Money:
        return Money(self.price_minor, self.currency)
