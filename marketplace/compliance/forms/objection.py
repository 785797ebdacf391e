from django import forms
from django.utils.translation import gettext_lazy as _

from marketplace.compliance.steps.objecting import LEAST_LETTERS


class ObjectionForm(forms.Form):
    words = forms.CharField(
        label=_("Why it should not count"),
        min_length=LEAST_LETTERS,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("What happened, and what shows it. Only compliance reads it; the other side does not."),
    )


class AppealForm(forms.Form):
    words = forms.CharField(
        label=_("What was overlooked"),
        min_length=LEAST_LETTERS,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Somebody else of our staff decides about it, once and finally."),
    )


class ReasonsForm(forms.Form):
    reasons = forms.CharField(
        label=_("What the party reads"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("What was found, and why it counts or does not."),
    )
