from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from marketplace.http.forms import MoneyField


class LimitForm(forms.Form):
    """Above which amount a second person approves. An empty amount takes the limit away."""

    currency = forms.ChoiceField(label=_("Currency"))
    amount = MoneyField(label=_("Limit"), required=False, help_text=_("Leave it empty to have no limit."))

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["currency"].choices = [(code, code) for code in settings.WALLET_CURRENCIES]

    def clean(self) -> dict:
        cleaned = super().clean()
        cleaned["limit_minor"] = None
        if cleaned.get("amount") and cleaned.get("currency"):
            try:
                money = self.fields["amount"].to_money(cleaned["amount"], cleaned["currency"], minimum=0)
                cleaned["limit_minor"] = money.amount_minor
            except forms.ValidationError as error:
                self.add_error("amount", error)
        return cleaned
