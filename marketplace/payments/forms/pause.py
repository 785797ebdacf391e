from django import forms
from django.utils.translation import gettext_lazy as _


class PauseForm(forms.Form):
    """Why all payouts are paused, or go on. `paused` is what the person wanted when she saw the page."""

    paused = forms.BooleanField(required=False, widget=forms.HiddenInput)
    reason = forms.CharField(
        label=_("Why, for your colleagues and whoever audits it"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
