import secrets

from django import forms
from django.utils.translation import gettext_lazy as _

from marketplace.core.money import Money
from marketplace.http.forms import MoneyField


class RefundForm(forms.Form):
    """How much of what is left of one charge goes back; at first all of it."""

    amount = MoneyField(label=_("Amount to send back"))
    key = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def __init__(self, *args, remaining: Money, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.remaining = remaining
        self.fields["amount"].initial = remaining.figure
        self.fields["key"].initial = secrets.token_urlsafe(16)

    def clean_amount(self) -> Money:
        return self.fields["amount"].to_money(
            self.cleaned_data["amount"], self.remaining.currency, maximum=self.remaining.amount_minor
        )
