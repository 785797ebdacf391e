"""The terms of an offer, as far as they are up for negotiation."""

from dataclasses import replace
from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from marketplace.campaigns.models import Application, Offer
from marketplace.contracts.terms import WITH_CPS, DealTerms, PriceModel, price_of_a_round
from marketplace.core.money import Money
from marketplace.http.forms import MoneyField

NEGOTIABLE = (
    *("gift", "publish_from", "publish_until", "revision_rounds"),
    *("rights_where", "rights_months", "paid_use"),
)


class WordForm(forms.Form):
    word = forms.CharField(
        label=_("A word to the other side"),
        required=False,
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


def day(label: str) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))


class OfferForm(forms.Form):
    """Starts from the offer on the table, or from the task and the anchor's quote; `terms` are the new ones."""

    answers = forms.CharField(widget=forms.HiddenInput, required=False)
    fee = MoneyField(label=_("Fee"))
    cps = forms.DecimalField(label=_("Commission, %"), min_value=1, max_value=80, decimal_places=2)
    gift = forms.CharField(label=_("What the anchor receives"), max_length=200)
    publish_from = day(_("Published from"))
    publish_until = day(_("Published until"))
    revision_rounds = forms.IntegerField(label=_("Rounds of changes"), min_value=0, max_value=10)
    extra_round = MoneyField(
        label=_("A further round of changes"),
        help_text=_("What the merchant pays for a round beyond those. Empty: 10 % of the fee. 0: none can be bought."),
        required=False,
    )
    rights_where = forms.CharField(label=_("Use by the merchant"), max_length=160, required=False)
    rights_months = forms.IntegerField(label=_("Months of use"), min_value=0, max_value=120)
    paid_use = forms.BooleanField(label=_("Paid advertising is included"), required=False)
    message = forms.CharField(
        label=_("A word with it"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args, application: Application, before: Offer | None, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.start = before.deal if before else application.task.deal(fee_minor=application.quote_minor)
        self.fields["answers"].initial = before.public_id if before else ""
        for name in NEGOTIABLE:
            self.fields[name].initial = getattr(self.start, name)
        self._money_fields(self.start)
        place = list(self.fields).index("publish_from")
        due = {}
        for number, item in enumerate(self.start.deliverables):
            due[f"due_{number}"] = day(_("%(title)s by") % {"title": item.title})
            due[f"due_{number}"].initial = item.due_on
        names = list(self.fields)
        self.fields |= due
        self.order_fields([*names[:place], *due, *names[place:]])

    def _money_fields(self, start: DealTerms) -> None:
        model = PriceModel(start.price_model)
        if start.has_fee:
            self.fields["fee"].currency = start.currency
            self.fields["fee"].initial = fee_of(start)
            self.fields["extra_round"].currency = start.currency
            self.fields["extra_round"].initial = start.extra_round.figure
        else:
            del self.fields["fee"], self.fields["extra_round"]
        if model in WITH_CPS:
            self.fields["cps"].initial = Decimal(start.cps_bp) / 100
        else:
            del self.fields["cps"]
        if model != PriceModel.BARTER:
            del self.fields["gift"]

    def clean_fee(self) -> int:
        return self.fields["fee"].to_money(self.cleaned_data["fee"], self.start.currency).amount_minor

    def clean_extra_round(self) -> int | None:
        """None: the usual share of the fee."""
        typed = self.cleaned_data["extra_round"].strip()
        if not typed:
            return None
        most = self.cleaned_data.get("fee")
        return self.fields["extra_round"].to_money(typed, self.start.currency, minimum=0, maximum=most).amount_minor

    def clean(self) -> dict:
        cleaned = super().clean()
        first, last = cleaned.get("publish_from"), cleaned.get("publish_until")
        if first and last and last < first:
            self.add_error("publish_until", ValidationError(_("The window ends before it begins.")))
        return cleaned

    @property
    def terms(self) -> DealTerms:
        cleaned = self.cleaned_data
        deliverables = tuple(
            replace(item, due_on=cleaned[f"due_{number}"]) for number, item in enumerate(self.start.deliverables)
        )
        fee_minor = cleaned.get("fee", self.start.fee_minor)
        price = cleaned.get("extra_round")
        return self.start.with_(
            fee_minor=fee_minor,
            extra_round_minor=price_of_a_round(fee_minor, self.start.currency) if price is None else price,
            cps_bp=int(100 * cleaned["cps"]) if "cps" in cleaned else self.start.cps_bp,
            deliverables=deliverables,
            **{name: cleaned[name] for name in NEGOTIABLE if name in cleaned},
        )


def fee_of(terms: DealTerms) -> str:
    return Money(terms.fee_minor, terms.currency).figure
