from django import forms
from django.utils.translation import gettext_lazy as _


class TakingBackForm(forms.Form):
    """Why a payee gives a transfer back, in the words that she reads."""

    reason = forms.CharField(
        label=_("Why, in the words that the payee reads"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
