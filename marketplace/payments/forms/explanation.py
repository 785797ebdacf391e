from django import forms
from django.utils.translation import gettext_lazy as _


class ExplanationForm(forms.Form):
    """How a difference between two books comes about."""

    reason = forms.CharField(
        label=_("How it comes about, for whoever audits it"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
