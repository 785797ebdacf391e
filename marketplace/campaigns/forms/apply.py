from collections.abc import Sequence

from django import forms
from django.utils.translation import gettext_lazy as _

from marketplace.campaigns.models import PriceModelChoice, VTask
from marketplace.http.forms import MoneyField


class ApplyForm(forms.Form):
    """What an anchor says to a merchant. A quote is asked only where the task leaves the fee open."""

    quote = MoneyField(label=_("Your quote"))
    message = forms.CharField(
        label=_("Why you, in a few sentences"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("What you would do with it, when you are free, what your viewers ask for."),
    )

    portfolio = forms.MultipleChoiceField(
        label=_("Work to show with it"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("From your page; the merchant sees it beside your words."),
    )

    def __init__(self, *args, task: VTask, works: Sequence[dict[str, str]] = (), **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.task = task
        if works:
            self.fields["portfolio"].choices = [(work["id"], work["caption"]) for work in works]
        else:
            del self.fields["portfolio"]
        if task.price_model == PriceModelChoice.QUOTE_RANGE:
            self.fields["quote"].currency = task.currency
            self.fields["quote"].help_text = _("Between %(least)s and %(most)s.") % {
                "least": task.fee,
                "most": task.fee_max,
            }
        else:
            del self.fields["quote"]

    def clean_quote(self) -> str:
        money = self.fields["quote"].to_money(
            self.cleaned_data["quote"],
            self.task.currency,
            minimum=self.task.fee_minor,
            maximum=self.task.fee_max_minor,
        )
        self.cleaned_data["quote_minor"] = money.amount_minor
        return self.cleaned_data["quote"]
