from django import forms
from django.utils.translation import gettext_lazy as _

from marketplace.verification.models import RejectionReason


class RejectForm(forms.Form):
    """Why not. The owner reads both."""

    reason = forms.ChoiceField(label=_("Reason"), choices=[("", "—"), *RejectionReason.choices])
    words = forms.CharField(
        label=_("In words"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("What to change, so that it can be approved. No numbers from the papers."),
    )

    def clean(self) -> dict[str, object]:
        cleaned = super().clean()
        if cleaned.get("reason") == RejectionReason.OTHER and not cleaned.get("words", "").strip():
            self.add_error("words", _("Say in words what it is."))
        return cleaned
