from collections.abc import Sequence

from django import forms
from django.utils.translation import gettext_lazy as _

from marketplace.campaigns.models import VTask


class InviteForm(forms.Form):
    task = forms.ChoiceField(label=_("V task"))
    words = forms.CharField(
        label=_("Why you ask them"),
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("One or two sentences; it is the first thing that they read."),
    )

    def __init__(self, *args, tasks: Sequence[VTask], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["task"].choices = [(task.public_id, task.title) for task in tasks]
