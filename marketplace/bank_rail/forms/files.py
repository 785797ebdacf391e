from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from marketplace.bank_rail.files.table import BYTES_AT_MOST

ACCEPTED = {"accept": ".csv,.txt,text/csv,text/plain"}


class BankFileForm(forms.Form):
    """A file of the bank's."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("CSV as the bank exports it, at most 5 MB"),
        widget=forms.FileInput(attrs=ACCEPTED),
        allow_empty_file=True,
    )

    def content(self) -> bytes:
        """Its bytes; of one that is too large, one more than may be: it is refused in words."""
        return self.cleaned_data["file"].read(BYTES_AT_MOST + 1)


class StatementForm(BankFileForm):
    currency = forms.ChoiceField(label=_("Currency of the account"))

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["currency"].choices = [(code, code) for code in settings.BANK_RAIL_CURRENCIES]


class AssignForm(forms.Form):
    """Which payment a line is."""

    code = forms.CharField(label=_("Its words"), max_length=40, help_text=_("MOOR-…, as under transfers in"))
