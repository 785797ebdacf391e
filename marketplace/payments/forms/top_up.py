import secrets
from collections.abc import Sequence

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from marketplace.core.money import Money
from marketplace.http.forms import MoneyField
from marketplace.payments.gateways import offers


class TopUpForm(forms.Form):
    """How much, in which currency. `key` makes a double click one payment."""

    currency = forms.ChoiceField(label=_("Currency"))
    amount = MoneyField(label=_("Amount"))
    key = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def __init__(self, *args, owed: Sequence[Money] = (), **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.owed = owed
        offered = dict.fromkeys([*settings.WALLET_CURRENCIES, *(money.currency for money in owed)])
        self.fields["currency"].choices = [(code, code) for code in offered if offers(code)]
        self.fields["key"].initial = secrets.token_urlsafe(16)

    def clean(self) -> dict:
        cleaned = super().clean()
        currency = cleaned.get("currency")
        if currency and "amount" in cleaned:
            try:
                cleaned["money"] = self._money(cleaned["amount"], currency)
            except forms.ValidationError as error:
                self.add_error("amount", error)
        return cleaned

    def _money(self, amount, currency: str) -> Money:
        """Within bounds, unless it is to the cent what is owed."""
        bare = self.fields["amount"].to_money(amount, currency)
        if bare in self.owed:
            return bare
        return self.fields["amount"].to_money(
            amount,
            currency,
            minimum=settings.TOP_UP_MINIMUM_MINOR[currency],
            maximum=settings.TOP_UP_MAXIMUM_MINOR[currency],
        )

    @property
    def money(self) -> Money:
        return self.cleaned_data["money"]
