"""Who stands by for at most how much, and who takes over for how much."""

from collections.abc import Sequence

from django import forms
from django.utils.translation import gettext_lazy as _

from marketplace.campaigns.forms.offer import day
from marketplace.campaigns.models import Application, VTask
from marketplace.core.money import Money
from marketplace.http.forms import MoneyField


class StandbyForm(forms.Form):
    application = forms.ChoiceField(label=_("Candidate"))
    cap = MoneyField(label=_("At most"), help_text=_("Asked for her own quote, where that is less."))

    def __init__(self, *args: object, task: VTask, candidates: Sequence[Application], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.task = task
        self.fields["application"].choices = [(one.public_id, one.anchor.name) for one in candidates]
        self.fields["cap"].currency = task.currency

    def clean_cap(self) -> int:
        return self.fields["cap"].to_money(self.cleaned_data["cap"], self.task.currency).amount_minor


class SubstituteForm(forms.Form):
    application = forms.ChoiceField(label=_("Who takes over"), widget=forms.RadioSelect)
    fee = MoneyField(label=_("For which fee"))
    again_on = day(_("The live, or the last piece, on"))
    words = forms.CharField(
        label=_("Why"),
        help_text=_("It stands in the text that all sign."),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: object, left: Money, candidates: Sequence[Application], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.left = left
        self.fields["application"].choices = [(one.public_id, said(one)) for one in candidates]
        self.fields["fee"].currency = left.currency
        self.fields["fee"].initial = left.figure
        if not left:
            del self.fields["fee"]

    def clean_fee(self) -> int:
        most = self.left.amount_minor
        return self.fields["fee"].to_money(self.cleaned_data["fee"], self.left.currency, maximum=most).amount_minor


def said(application: Application) -> str:
    quote = application.quote
    return f"{application.anchor.name} · {quote}" if quote else application.anchor.name
