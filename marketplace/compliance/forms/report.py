from django import forms
from django.utils.translation import gettext_lazy as _

from marketplace.compliance.models import Reason


class ReportForm(forms.Form):
    reason = forms.ChoiceField(label=_("What is wrong?"), choices=Reason.choices, widget=forms.RadioSelect)
    words = forms.CharField(
        label=_("What happened"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Where to look, and since when. Only compliance reads it."),
    )

    def clean(self) -> dict[str, object]:
        cleaned = super().clean()
        if cleaned.get("reason") == Reason.OTHER and not cleaned.get("words", "").strip():
            self.add_error("words", _("Say in words what it is."))
        return cleaned


class DecisionForm(forms.Form):
    decision = forms.CharField(
        label=_("What the reporter reads"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("What was found, and what was done or why nothing was."),
    )
