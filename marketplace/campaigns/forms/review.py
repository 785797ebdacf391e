from django import forms
from django.utils.translation import gettext_lazy as _


class RejectForm(forms.Form):
    reason = forms.CharField(
        label=_("What must change"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("The merchant reads it word for word: say how to mend it."),
    )
