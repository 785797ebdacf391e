"""The steps of a V task. Each form knows how its values become columns; what is valid is kept, whatever the rest."""

from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.forms import formset_factory
from django.utils.translation import gettext_lazy as _

from marketplace.accounts.platforms import Platform
from marketplace.accounts.regions import Region
from marketplace.accounts.spoken import Spoken
from marketplace.campaigns.models import VTask
from marketplace.campaigns.selectors.hall import CURRENCIES
from marketplace.contracts.terms import DeliverableKind
from marketplace.http.forms import MoneyField
from marketplace.media.forms.fields import DocumentField, PictureField


def day(label: str, help_text: str = "") -> forms.DateField:
    return forms.DateField(
        label=label,
        required=False,
        help_text=help_text,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


def ticks(label: str, choices: list, help_text: str = "") -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label, choices=choices, required=False, help_text=help_text, widget=forms.CheckboxSelectMultiple
    )


# Not optional, though a draft may lack it for a while.
NEEDED = {
    *("title", "form", "category", "mode", "goal", "platforms", "apply_by", "publish_from", "publish_until"),
    *("live_start", "live_minutes", "seats", "price_model", "currency", "governing_language"),
}


class StepForm(forms.ModelForm):
    """`kept()` are the columns of whatever is valid so far."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.required = False  # a draft keeps whatever is there
            field.needed = name in NEEDED

    def kept(self) -> dict[str, object]:
        columns = {field.name for field in VTask._meta.concrete_fields}
        return {name: value for name, value in self.cleaned_data.items() if name in columns and name not in self.errors}


class JobForm(StepForm):
    campaign_name = forms.CharField(
        label=_("Campaign"),
        max_length=80,
        help_text=_("Tasks of one occasion, found together. A new name makes a new one."),
    )
    photo = PictureField(
        label=_("Picture"), help_text=_("The product, as people will see it. Without one we draw the category.")
    )

    class Meta:
        model = VTask
        fields = ("title", "form", "mode", "category")
        widgets = {"mode": forms.RadioSelect, "form": forms.RadioSelect}

    field_order = ("title", "form", "category", "mode", "campaign_name", "photo")

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.campaign:
            self.fields["campaign_name"].initial = self.instance.campaign.name
        self.fields["title"].widget.attrs["placeholder"] = _("Winter gift box: show beginners how to brew it")
        for name in ("form", "mode"):
            self.fields[name].choices = [choice for choice in self.fields[name].choices if choice[0]]


class BriefForm(StepForm):
    platforms = ticks(_("Platforms"), Platform.choices)
    attachment = DocumentField(
        label=_("Attachment"), help_text=_("A PDF or a picture; everybody who sees the task sees it.")
    )

    class Meta:
        model = VTask
        fields = (
            *("goal", "audience", "selling_points", "do", "avoid", "references", "mandatory_words", "disclosure"),
            "platforms",
        )
        widgets = {
            name: forms.Textarea(attrs={"rows": rows})
            for name, rows in {"goal": 4, "selling_points": 3, "do": 3, "avoid": 3, "references": 2}.items()
        }

    field_order = ("goal", "platforms", "audience", "selling_points", "do", "avoid", "mandatory_words", "disclosure")

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["disclosure"].help_text = _("The words that say it is sponsored, such as “Ad”.")
        for name in ("do", "avoid"):
            self.fields[name].help_text = _("One a line.")


class DatesForm(StepForm):
    apply_by = day(_("Apply by"))
    publish_from = day(_("Published from"))
    publish_until = day(_("Published until"), _("A live lies in this window too."))
    live_start = forms.DateTimeField(
        label=_("Live from"), widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    )

    class Meta:
        model = VTask
        fields = (
            *("apply_by", "publish_from", "publish_until", "live_start", "live_minutes", "room_link"),
            *("revision_rounds", "review_days", "stay_up_days"),
        )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if not self.instance.is_live:
            for name in ("live_start", "live_minutes", "room_link"):
                del self.fields[name]

    def clean_revision_rounds(self) -> int:
        return bounded(self.cleaned_data["revision_rounds"], 0, 10, default=2)

    def clean_review_days(self) -> int:
        return bounded(self.cleaned_data["review_days"], 1, 20, default=3)

    def clean_stay_up_days(self) -> int:
        return bounded(self.cleaned_data["stay_up_days"], 0, 365, default=30)


KINDS = {
    DeliverableKind.SCRIPT: _("Script"),
    DeliverableKind.DRAFT: _("Draft"),
    DeliverableKind.LIVE: _("Live"),
    DeliverableKind.VIDEO: _("Video"),
    DeliverableKind.POST: _("Post"),
}


class DeliverableForm(forms.Form):
    """One row of what is owed; an empty title leaves the row out."""

    kind = forms.ChoiceField(label=_("Kind"), choices=[(kind.value, label) for kind, label in KINDS.items()])
    title = forms.CharField(label=_("What"), max_length=80, required=False)
    due_on = day(_("By"))
    share = forms.IntegerField(label=_("Releases, %"), min_value=0, max_value=100, required=False)

    def clean(self) -> dict:
        cleaned = super().clean()
        if cleaned.get("title") and not cleaned.get("due_on") and "due_on" not in self.errors:
            self.add_error("due_on", ValidationError(_("By when?")))
        return cleaned

    def row(self) -> dict[str, object] | None:
        cleaned = self.cleaned_data
        if not cleaned.get("title"):
            return None
        return {
            "kind": cleaned["kind"],
            "title": cleaned["title"],
            "due_on": cleaned["due_on"].isoformat(),
            "share_bp": 100 * (cleaned.get("share") or 0),
        }


MOST_DELIVERABLES = 6
DeliverableFormSet = formset_factory(DeliverableForm, extra=0, max_num=MOST_DELIVERABLES, validate_max=True)


def deliverables_formset(task: VTask, data=None) -> forms.BaseFormSet:
    """The rows that are there and two empty ones, so that it works without a script."""
    rows = [
        {
            "kind": one["kind"],
            "title": one["title"],
            "due_on": date.fromisoformat(one["due_on"]),
            "share": one["share_bp"] // 100,
        }
        for one in task.deliverables
    ]
    empty = [{"kind": "video"}] * min(2, MOST_DELIVERABLES - len(rows))
    return DeliverableFormSet(data, initial=rows + empty, prefix="d")


class PriceForm(StepForm):
    currency = forms.ChoiceField(label=_("Currency"), choices=[(code, code) for code in CURRENCIES])
    fee = MoneyField(label=_("Fee for one seat"), help_text=_("You pay 5 % platform fee and VAT on that fee on top."))
    fee_max = MoneyField(label=_("At most"), help_text=_("Only for quotes in a range."))
    cps = forms.DecimalField(label=_("Commission, %"), min_value=0, max_value=80, decimal_places=2)
    holdback = forms.DecimalField(
        label=_("Kept back until the stay-up date, %"), min_value=0, max_value=20, decimal_places=2
    )

    class Meta:
        model = VTask
        fields = (
            *("seats", "price_model", "gift", "samples", "rights_where", "rights_months", "paid_use"),
            "governing_language",
        )
        widgets = {
            "price_model": forms.RadioSelect,
            "governing_language": forms.Select(choices=[("zh-hans", _("Chinese")), ("en", _("English"))]),
        }

    field_order = ("seats", "price_model", "currency", "fee", "fee_max", "cps", "gift", "samples", "holdback")

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        task = self.instance
        figures = {
            "currency": task.currency,
            "fee": task.fee.figure if task.fee_minor else "",
            "fee_max": task.fee_max.figure if task.fee_max_minor > task.fee_minor else "",
            "cps": f"{task.cps_bp / 100:g}" if task.cps_bp else "",
            "holdback": f"{task.holdback_bp / 100:g}" if task.holdback_bp else "",
        }
        for name, value in figures.items():
            self.fields[name].initial = value

    def clean_seats(self) -> int:
        return bounded(self.cleaned_data["seats"], 1, 500, default=1)

    def clean_rights_months(self) -> int:
        return bounded(self.cleaned_data["rights_months"], 0, 120, default=6)

    def clean(self) -> dict:
        cleaned = super().clean()
        currency = cleaned.get("currency") or self.instance.currency
        for name in ("fee", "fee_max"):
            cleaned[f"{name}_minor"] = self._minor(name, cleaned.get(name) or "", currency)
        if cleaned.get("price_model") != "quote_range" or not cleaned["fee_max_minor"]:
            cleaned["fee_max_minor"] = cleaned["fee_minor"]
        if cleaned["fee_max_minor"] < cleaned["fee_minor"]:
            self.add_error("fee_max", ValidationError(_("The most is less than the least.")))
            cleaned["fee_max_minor"] = cleaned["fee_minor"]
        for name in ("cps", "holdback"):
            cleaned[f"{name}_bp"] = int(100 * (cleaned.get(name) or 0))
        if cleaned.get("price_model") in {"cps", "barter"}:
            cleaned["fee_minor"] = cleaned["fee_max_minor"] = 0
        return cleaned

    def kept(self) -> dict[str, object]:
        names = ("currency", "fee_minor", "fee_max_minor", "cps_bp", "holdback_bp")
        return super().kept() | {name: self.cleaned_data[name] for name in names if name in self.cleaned_data}

    def _minor(self, name: str, text: str, currency: str) -> int:
        if not text.strip():
            return 0
        try:
            return self.fields[name].to_money(text, currency, minimum=0).amount_minor
        except ValidationError as error:
            self.add_error(name, error)
            return getattr(self.instance, f"{name}_minor")


class PeopleForm(StepForm):
    languages = ticks(_("Speaks one of"), Spoken.choices)
    regions = ticks(_("Works in one of"), Region.choices)

    class Meta:
        model = VTask
        fields = ("min_followers", "same_category", "verified_channel", "languages", "regions")

    def clean_min_followers(self) -> int:
        return bounded(self.cleaned_data["min_followers"], 0, 1_000_000_000, default=0)


def bounded(value: int | None, least: int, most: int, *, default: int) -> int:
    if value is None:
        return default
    if not least <= value <= most:
        raise ValidationError(_("Between %(least)s and %(most)s.") % {"least": least, "most": most})
    return value


STEP_FORMS = {"job": JobForm, "brief": BriefForm, "dates": DatesForm, "price": PriceForm, "people": PeopleForm}
