from django import forms
from django.utils.translation import gettext_lazy as _


class SplitForm(forms.Form):
    """How staff split what a dispute has frozen; asked twice, the second time with what it does with the money."""

    share = forms.IntegerField(
        label=_("To the anchor’s side, in percent of the frozen amount"), min_value=0, max_value=100
    )
    reasons = forms.CharField(
        label=_("Reasons, which both sides read"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    confirmed = forms.BooleanField(required=False, widget=forms.HiddenInput)

    @property
    def anchor_bp(self) -> int:
        return self.cleaned_data["share"] * 100
