import secrets

from django import forms


class PayoutForm(forms.Form):
    """`key` makes a double click one payout."""

    currency = forms.CharField(widget=forms.HiddenInput, max_length=3)
    key = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def __init__(self, *args, currency: str = "", **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["currency"].initial = currency
        self.fields["key"].initial = secrets.token_urlsafe(16)
