from django import forms
from django.utils.translation import gettext_lazy as _

from marketplace.payments.evidence import AT_MOST, Text

ROWS = {"rows": 4}


class EvidenceForm(forms.Form):
    """Finance's own words; they stand before what was gathered. The names are the provider's."""

    product_description = forms.CharField(
        label=_("What was sold"), required=False, max_length=AT_MOST, widget=forms.Textarea(attrs=ROWS)
    )
    refund_refusal_explanation = forms.CharField(
        label=_("Why the payer is not owed a refund"),
        required=False,
        max_length=AT_MOST,
        widget=forms.Textarea(attrs=ROWS),
    )
    uncategorized_text = forms.CharField(
        label=_("Anything else that the bank should know"),
        required=False,
        max_length=AT_MOST,
        widget=forms.Textarea(attrs=ROWS),
    )

    @property
    def words(self) -> dict[str, str]:
        return {Text(name).value: text for name, text in self.cleaned_data.items()}
