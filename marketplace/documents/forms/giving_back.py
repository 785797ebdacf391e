from django import forms
from django.utils.translation import gettext_lazy as _


class GivingBackForm(forms.Form):
    """Why a fee is given back, in the words that the credit note prints."""

    reason = forms.CharField(
        label=_("Why, in the words that the merchant reads"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
