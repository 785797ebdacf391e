from django import forms
from django.utils.translation import gettext_lazy as _

from marketplace.contracts.models import Side
from marketplace.contracts.models.review import ASPECTS, STARS

LABELS = {
    Side.MERCHANT: {
        "substance": _("What was delivered is what was agreed"),
        "time": _("It came in time"),
        "manner": _("Working together"),
    },
    Side.ANCHOR: {
        "substance": _("What was asked is what was agreed"),
        "time": _("Answers and approvals came in time"),
        "manner": _("Working together"),
    },
}


class ReviewForm(forms.Form):
    """Stars by aspect as `side` reads them, and words."""

    words = forms.CharField(
        label=_("In words"),
        help_text=_("Everybody reads it, once both have written or the days are over. It cannot be edited."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args, side: str, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        choices = [(str(n), str(n)) for n in reversed(STARS)]
        for name, label in LABELS[Side(side)].items():
            self.fields[name] = forms.ChoiceField(label=label, choices=choices, widget=forms.RadioSelect)
        self.order_fields([*ASPECTS, "words"])

    @property
    def stars(self) -> dict[str, int]:
        return {name: int(self.cleaned_data[name]) for name in ASPECTS}


class AnswerForm(forms.Form):
    answer = forms.CharField(
        label=_("Your answer"),
        help_text=_("Once; everybody reads it below the review."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
