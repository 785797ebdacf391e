from datetime import date, timedelta
from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from marketplace.accounts.models.representation import Scope
from marketplace.accounts.representation_terms import Terms
from marketplace.core import clock

BASIS = 100  # basis points in a percent
DAY = "%Y-%m-%d"  # the only form that a browser's date field takes, whatever the language


class PercentField(forms.DecimalField):
    """A share in percent with two decimals, as basis points in the database."""

    def __init__(self, **options) -> None:
        super().__init__(min_value=0, max_value=100, decimal_places=2, **options)


class DayField(forms.DateField):
    def __init__(self, **options) -> None:
        widget = forms.DateInput(format=DAY, attrs={"type": "date"})
        super().__init__(widget=widget, input_formats=[DAY], **options)


class TermsForm(forms.Form):
    """What an agency does for an anchor, for how much, from when to when."""

    scope = forms.MultipleChoiceField(
        label=_("What the agency acts for"), choices=Scope.choices, widget=forms.CheckboxSelectMultiple
    )
    fee_share = PercentField(label=_("Agency's share of fees, in percent"), initial=Decimal(15))
    cps_share = PercentField(label=_("Agency's share of commission, in percent"), initial=Decimal(10))
    starts_on = DayField(label=_("From"))
    ends_on = DayField(
        label=_("Until"),
        required=False,
        help_text=_("The last day. Empty means until one of you ends it."),
    )
    notice_days = forms.IntegerField(label=_("Days of notice"), min_value=7, max_value=180, initial=30)

    def __init__(self, *args, terms: Terms | None = None, **kwargs) -> None:
        if terms is not None:
            kwargs["initial"] = initial_of(terms)
        super().__init__(*args, **kwargs)
        self.fields["starts_on"].initial = self.fields["starts_on"].initial or clock.today()
        self.earliest: date | None = None if terms else clock.today()

    def clean(self) -> dict:
        cleaned = super().clean()
        starts_on, ends_on = cleaned.get("starts_on"), cleaned.get("ends_on")
        if starts_on and self.earliest and starts_on < self.earliest:
            self.add_error("starts_on", ValidationError(_("It cannot begin in the past.")))
        if starts_on and ends_on and ends_on < starts_on:
            self.add_error("ends_on", ValidationError(_("The last day comes before the first.")))
        return cleaned

    @property
    def terms(self) -> Terms:
        data = self.cleaned_data
        return Terms(
            scope=tuple(data["scope"]),
            fee_share_bp=int(data["fee_share"] * BASIS),
            cps_share_bp=int(data["cps_share"] * BASIS),
            starts_on=data["starts_on"],
            ends_before=data["ends_on"] + timedelta(days=1) if data["ends_on"] else None,
            notice_days=data["notice_days"],
        )


class AskForm(TermsForm):
    """The first request also names the other side."""

    other = forms.CharField(
        label=_("E-mail of the other side"),
        help_text=_("The address that the anchor, or an owner of the agency, signs in with."),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    message = forms.CharField(
        label=_("A word with it"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    field_order = ("other", "scope", "fee_share", "cps_share", "starts_on", "ends_on", "notice_days", "message")


def initial_of(terms: Terms) -> dict[str, object]:
    return {
        "scope": list(terms.scope),
        "fee_share": Decimal(terms.fee_share_bp) / BASIS,
        "cps_share": Decimal(terms.cps_share_bp) / BASIS,
        "starts_on": terms.starts_on,
        "ends_on": terms.ends_before - timedelta(days=1) if terms.ends_before else None,
        "notice_days": terms.notice_days,
    }
