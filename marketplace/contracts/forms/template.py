"""A draft of the contract's words as a page of forms: one for each clause, and blank ones to add.

An unfinished draft can be saved; what has to be mended before it is published stands beside its fields.
"""

import secrets
from collections.abc import Iterable, Mapping, Sequence

from django import forms
from django.forms import BaseFormSet, formset_factory
from django.utils.translation import gettext_lazy as _

from marketplace.contracts.library.checks import Finding
from marketplace.contracts.library.clause import Begins, ClauseText, Words
from marketplace.contracts.library.conditions import choices
from marketplace.contracts.library.wording import said_finding
from marketplace.contracts.models.clause import COLUMNS

MOST = 120
BLANK = 2
PREFIX = "clause"
HEADINGS = {Words.HEADING_EN: 80, Words.HEADING_ZH: 20}
TEXTS = {Words.TEXT_EN: 4000, Words.TEXT_ZH: 4000}


class NoteForm(forms.Form):
    seen = forms.IntegerField(widget=forms.HiddenInput)
    note = forms.CharField(label=_("What changes, and why"), max_length=300, required=False)


class ClauseForm(forms.Form):
    key = forms.RegexField(r"^[a-z0-9-]{1,40}$", required=False, widget=forms.HiddenInput)
    place = forms.IntegerField(
        label=_("Place"), min_value=1, max_value=99_999, required=False, help_text=_("Clauses are put in this order.")
    )
    begins = forms.ChoiceField(label=_("Follows"), choices=Begins.choices, required=False)
    heading_en = forms.CharField(label=_("Heading in English"), max_length=80, required=False)
    heading_zh = forms.CharField(label=_("Heading in Chinese"), max_length=20, required=False)
    only_if = forms.ChoiceField(label=_("Only if"), required=False)
    and_if = forms.ChoiceField(label=_("And if"), required=False)
    text_en = forms.CharField(
        label=_("Text in English"), max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    text_zh = forms.CharField(
        label=_("Text in Chinese"), max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    remove = forms.BooleanField(label=_("Remove this clause"), required=False)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for name in ("only_if", "and_if"):
            self.fields[name].choices = [("", _("always")), *choices()]

    @property
    def is_blank(self) -> bool:
        """A row in which nothing is written is no clause."""
        return not any(self.cleaned_data.get(name) for name in (*Words, "key"))

    def clean(self) -> dict:
        cleaned = super().clean()
        for name in TEXTS:
            cleaned[name] = "\n".join(line.rstrip() for line in cleaned.get(name, "").splitlines()).strip()
        return cleaned

    def show(self, sentences: Mapping[str, Iterable[str]]) -> None:
        """Beside its fields, as errors are shown; the form is not sent yet."""
        if not self.is_bound and not self.errors:
            self.cleaned_data = {}
        for column, said in sentences.items():
            for sentence in said:
                self.add_error(column, sentence)

    def as_text(self, place: int) -> ClauseText:
        given = {name: self.cleaned_data[name] for name in COLUMNS if name != "place"}
        return ClauseText(**given | {"place": place, "key": given["key"] or f"c-{secrets.token_hex(4)}"})


class BaseClauses(BaseFormSet):
    @property
    def clauses(self) -> list[ClauseText]:
        """In the order of their places; what has none comes last."""
        kept = [form for form in self.forms if not (form.cleaned_data["remove"] or form.is_blank)]
        kept.sort(key=lambda form: form.cleaned_data["place"] or MOST * 1_000)
        return [form.as_text(place) for place, form in enumerate(kept, start=1)]

    def clean(self) -> None:
        if any(self.errors):
            return
        keys = [form.cleaned_data["key"] for form in self.forms if form.cleaned_data["key"]]
        if len(keys) != len(set(keys)):
            raise forms.ValidationError(_("A clause stands here twice. Open the page again."))

    def show(self, findings: Sequence[Finding]) -> None:
        by_key: dict[str, dict[str, list[str]]] = {}
        for finding in findings:
            if finding.key:
                by_key.setdefault(finding.key, {}).setdefault(finding.column, []).append(said_finding(finding))
        for form in self.forms:
            form.show(by_key.get(form["key"].value() or "", {}))


_Clauses = formset_factory(
    ClauseForm, formset=BaseClauses, extra=BLANK, max_num=MOST, absolute_max=MOST, validate_max=True
)


def clauses_form(data: Mapping[str, str] | None = None, clauses: Sequence[ClauseText] = ()) -> BaseClauses:
    initial = [{name: getattr(one, name) for name in COLUMNS} for one in clauses]
    return _Clauses(data, initial=initial if data is None else None, prefix=PREFIX)
