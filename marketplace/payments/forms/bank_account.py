from django import forms
from django.utils.translation import gettext_lazy as _

from marketplace.bank_rail.account_numbers import plain_number


class BankAccountForm(forms.Form):
    """The account that a payee is paid to by transfer."""

    holder = forms.CharField(label=_("Name on the account"), max_length=120)
    bank_name = forms.CharField(label=_("Bank and branch"), max_length=120)
    number = forms.CharField(
        label=_("Number"),
        max_length=60,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        help_text=_("As it stands on the card; blanks do not matter. It is kept sealed, and never shown again."),
    )

    def clean_number(self) -> str:
        if plain_number(self.cleaned_data["number"]) is None:
            raise forms.ValidationError(
                _("This is not the number of an account. Compare it with the card, digit by digit.")
            )
        return self.cleaned_data["number"]
