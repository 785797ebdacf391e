from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework.exceptions import ErrorDetail, ValidationError

from marketplace.campaigns.selectors.hall import CURRENCIES
from marketplace.core.money import Money
from marketplace.http.api.fields import Choice, Whole
from marketplace.http.api.shapes import In

MOST = 1_000_000_000_000


class MoneyIn(In):
    amount_minor = Whole(0, MOST, help_text="In minor units: 1200000 is CNY 12,000.00")
    currency = Choice(CURRENCIES)

    def to_internal_value(self, data: Any) -> Money:
        return Money(**super().to_internal_value(data))


def same_currency(money: Money, currency: str, field: str) -> None:
    """Raises ValidationError when `money` is in another one."""
    if money.currency != currency:
        said = _("The currency is %(currency)s here.") % {"currency": currency}
        raise ValidationError({field: {"currency": [ErrorDetail(said, code="currency_is_fixed")]}})
