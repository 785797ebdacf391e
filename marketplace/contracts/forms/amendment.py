"""A change of a contract as it is typed: begins with what is in force, and gives what should hold instead."""

from collections.abc import Sequence

from django import forms
from django.utils.translation import gettext_lazy as _

from marketplace.contracts.amending import Proposal
from marketplace.contracts.forms.work import words
from marketplace.contracts.models import Deliverable
from marketplace.contracts.terms import DealTerms
from marketplace.core.money import Money
from marketplace.http.forms import MoneyField


def day(label: str) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))


class AmendmentForm(forms.Form):
    fee = MoneyField(label=_("Fee"))
    publish_from = day(_("Published from"))
    publish_until = day(_("Published until"))
    words = words(_("Why"), _("It stands in the text that all sign."), rows=3, most=1000, required=False)

    def __init__(self, *args: object, deal: DealTerms, work: Sequence[Deliverable], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.deal = deal
        self.places = [one.place for one in work if one.is_open]
        for name in ("publish_from", "publish_until"):
            self.fields[name].initial = getattr(deal, name)
        if deal.has_fee:
            fee = Money(deal.fee_minor, deal.currency)
            self.fields["fee"].initial, self.fields["fee"].currency = fee.figure, deal.currency
        else:
            del self.fields["fee"]
        for one in work:
            if one.is_open:
                self.fields[f"due_{one.place}"] = day(_("%(title)s by") % {"title": one.title})
                self.fields[f"due_{one.place}"].initial = one.due_on
        due = [f"due_{place}" for place in self.places]
        self.order_fields(["fee", *due, "publish_from", "publish_until", "words"])

    def clean_fee(self) -> int:
        return self.fields["fee"].to_money(self.cleaned_data["fee"], self.deal.currency).amount_minor

    @property
    def proposal(self) -> Proposal:
        cleaned = self.cleaned_data
        return Proposal(
            fee_minor=cleaned.get("fee", self.deal.fee_minor),
            publish_from=cleaned["publish_from"],
            publish_until=cleaned["publish_until"],
            due_on={place: cleaned[f"due_{place}"] for place in self.places},
        )


class DeclineForm(forms.Form):
    words = words(_("Why not"), _("The other side reads it."), rows=2, most=1000, required=False)
