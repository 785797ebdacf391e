from django import forms
from django.utils.translation import gettext_lazy as _

from marketplace.campaigns.models import VTask


class CloseForm(forms.Form):
    word = forms.CharField(
        label=_("A word to those who were not chosen"),
        required=False,
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("It is in the mail that they get. A reason is worth more than a thank-you."),
    )


class DeadlineForm(forms.Form):
    apply_by = forms.DateField(label=_("Apply by"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))

    def __init__(self, *args, task: VTask, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["apply_by"].initial = task.apply_by
        if task.publish_until:
            self.fields["apply_by"].widget.attrs["max"] = task.publish_until.isoformat()
