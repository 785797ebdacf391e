"""The forms of the calm sections: rates, week, times off, cover, portfolio."""

from collections.abc import Iterator, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from creators.models import AnchorFile, PartOfDay, PortfolioItem, TimeOff
from marketplace.campaigns.models import Form
from marketplace.campaigns.selectors.hall import CURRENCIES
from marketplace.http.forms import MoneyField
from marketplace.media.forms.fields import PictureField

TIMED = (Form.LIVE_SEGMENT, Form.WHOLE_LIVE, Form.VIDEO)
LONGEST = 24 * 60
WEEK = (
    ("1", _("Mon")),
    ("2", _("Tue")),
    ("3", _("Wed")),
    ("4", _("Thu")),
    ("5", _("Fri")),
    ("6", _("Sat")),
    ("7", _("Sun")),
)


class RatesForm(forms.Form):
    """One price for each form of work, all in one currency; an empty price means that it is not offered."""

    currency = forms.ChoiceField(label=_("Currency"), choices=[(code, code) for code in CURRENCIES])

    def __init__(self, *args: Any, file: AnchorFile | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = {rate.form: rate for rate in file.rates.all()} if file else {}
        if known:
            self.initial["currency"] = next(iter(known.values())).currency
        for form in Form:
            rate = known.get(form.value)
            self.fields[f"{form.value}_price"] = MoneyField(label=_("Price"), required=False)
            if form in TIMED:
                self.fields[f"{form.value}_minutes"] = forms.IntegerField(
                    label=_("Minutes"), min_value=1, max_value=LONGEST, required=False
                )
            self.fields[f"{form.value}_is_from"] = forms.BooleanField(
                label=_("The price begins there"), required=False, initial=True
            )
            if rate:
                self.initial |= {
                    f"{form.value}_price": rate.price.figure,
                    f"{form.value}_minutes": rate.minutes,
                    f"{form.value}_is_from": rate.is_from,
                }

    def groups(self) -> Iterator[tuple[str, list[BoundField]]]:
        for form in Form:
            names = [f"{form.value}_{part}" for part in ("price", "minutes", "is_from")]
            yield str(form.label), [self[name] for name in names if name in self.fields]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        rates = []
        for form in Form:
            name = f"{form.value}_price"
            typed = cleaned.get(name)
            if not typed or "currency" not in cleaned:
                continue
            try:
                money = self.fields[name].to_money(typed, cleaned["currency"], maximum=10**13)
            except ValidationError as error:
                self.add_error(name, error)
                continue
            rates.append(
                {
                    "form": form.value,
                    "minutes": cleaned.get(f"{form.value}_minutes"),
                    "price_minor": money.amount_minor,
                    "currency": money.currency,
                    "is_from": cleaned.get(f"{form.value}_is_from", False),
                }
            )
        self.rates: Sequence[dict[str, Any]] = rates
        return cleaned


class WeekForm(forms.Form):
    """When she usually has time: a part of the day, and the days of the week on which it is free."""

    def __init__(self, *args: Any, file: AnchorFile | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for part in PartOfDay:
            free = [day for day, _label in WEEK if file and f"{part.value}:{day}" in file.free]
            self.fields[part.value] = forms.MultipleChoiceField(
                label=part.label, choices=WEEK, widget=forms.CheckboxSelectMultiple, required=False, initial=free
            )

    @property
    def free(self) -> list[str]:
        return [f"{part.value}:{day}" for part in PartOfDay for day in self.cleaned_data[part.value]]


class TimeOffForm(forms.ModelForm):
    class Meta:
        model = TimeOff
        fields = ("starts_on", "ends_on")
        widgets = {
            "starts_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "ends_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("starts_on") and cleaned.get("ends_on") and cleaned["ends_on"] < cleaned["starts_on"]:
            self.add_error("ends_on", _("The last day is not before the first."))
        return cleaned


class CoverForm(forms.Form):
    cover = PictureField(
        label=_("Picture across the top"),
        help_text=_("Wide is best, about four to one. JPEG, PNG, WebP, GIF or AVIF, up to 20 MB."),
    )


class PieceForm(forms.ModelForm):
    class Meta:
        model = PortfolioItem
        fields = ("caption", "note", "link")
        help_texts = {"note": _("Such as “212,000 views”. Merchants see that you say it.")}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if self.needs_link() and not cleaned.get("link") and "link" not in self.errors:
            self.add_error("link", gettext("Send a picture, or a link to the work."))
        return cleaned

    def needs_link(self) -> bool:
        return not self.instance.picture

    def _post_clean(self) -> None:
        """The row's own constraint is the service's to meet: the picture has no row yet."""


class NewPieceForm(PieceForm):
    picture = PictureField(label=_("Picture"), required=False)
    field_order = ("picture", "caption", "note", "link")

    def needs_link(self) -> bool:
        return not self.cleaned_data.get("picture") and "picture" not in self.errors
