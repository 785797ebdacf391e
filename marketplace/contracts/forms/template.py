"""A draft of the contract's words as a page of forms: one for each clause, and blank ones to add.

An unfinished draft can be saved; what has to be mended before it is published stands beside its fields.
"""

import re
import secrets
from collections.abc import Iterable, Mapping, Sequence

from django import forms
from django.forms.utils import flatatt
from django.utils.functional import cached_property
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from marketplace.contracts.library.checks import Finding
from marketplace.contracts.library.clause import Begins, ClauseText, Words
from marketplace.contracts.library.conditions import choices, label_of
from marketplace.contracts.library.wording import said_finding
from marketplace.contracts.models.clause import COLUMNS

MOST = 58  # with the blank ones: as many fields as a request may bring (settings, DATA_UPLOAD_MAX_NUMBER_FIELDS)
BLANK = ("new-1", "new-2")
KEY = re.compile(r"[a-z0-9-]{1,40}")
OF_A_CLAUSE = tuple(name for name in COLUMNS if name != "key")
LAST = 1_000_000
LONG = forms.Textarea(attrs={"rows": 5})


class WrittenSelect(forms.Select):
    """Written out at once: a template for each of two thousand options took most of the page's second."""

    def render(self, name: str, value: object, attrs: dict | None = None, renderer: object = None) -> SafeString:
        chosen = "" if value is None else str(value)
        options = format_html_join(
            "",
            '<option value="{}"{}>{}</option>',
            ((code, mark_safe(" selected") if code == chosen else "", label) for code, label in self.choices),
        )
        return format_html(
            '<select name="{}"{}>{}</select>', name, flatatt(self.build_attrs(self.attrs, attrs)), options
        )


class NoteForm(forms.Form):
    seen = forms.IntegerField(widget=forms.HiddenInput)
    note = forms.CharField(label=_("What changes, and why"), max_length=300, required=False)


class ClauseForm(forms.Form):
    """Its prefix is the clause's key."""

    place = forms.IntegerField(label=_("Place in the order"), min_value=1, max_value=99_999, required=False)
    begins = forms.ChoiceField(label=_("Follows"), choices=Begins.choices, required=False, widget=WrittenSelect)
    only_if = forms.ChoiceField(label=_("Only if"), required=False, widget=WrittenSelect)
    and_if = forms.ChoiceField(label=_("And if"), required=False, widget=WrittenSelect)
    heading_en = forms.CharField(label=_("Heading in English"), max_length=80, required=False)
    heading_zh = forms.CharField(label=_("Heading in Chinese"), max_length=20, required=False)
    text_en = forms.CharField(label=_("Text in English"), max_length=4000, required=False, widget=LONG)
    text_zh = forms.CharField(label=_("Text in Chinese"), max_length=4000, required=False, widget=LONG)
    remove = forms.BooleanField(label=_("Remove this clause"), required=False)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for name in ("only_if", "and_if"):
            self.fields[name].choices = [("", gettext("always")), *choices()]
        for field in self.fields.values():
            field.needed = True
        for name, language in ((Words.TEXT_EN, "en"), (Words.TEXT_ZH, "zh-hans")):
            self.fields[name].widget.attrs["lang"] = language

    @property
    def is_new(self) -> bool:
        return self.prefix in BLANK

    @property
    def is_blank(self) -> bool:
        """A new one in which nothing is written is no clause."""
        return self.is_new and not any(self.cleaned_data.get(name) for name in Words)

    @property
    def title(self) -> str:
        """What it is called on the page: its heading, or how it begins."""
        words = str(self["heading_en"].value() or self["text_en"].value() or "").strip()
        return f"{words[:57]}…" if len(words) > 58 else words

    @property
    def said_where(self) -> str:
        codes = [self[name].value() for name in ("only_if", "and_if")]
        return gettext("; ").join(label_of(code) for code in codes if code) or gettext("always")

    @property
    def has_errors_behind(self) -> bool:
        return bool(set(self.errors) - {Words.TEXT_EN, Words.TEXT_ZH})

    def clean(self) -> dict:
        cleaned = super().clean()
        for name in (Words.TEXT_EN, Words.TEXT_ZH):
            cleaned[name] = "\n".join(line.rstrip() for line in cleaned.get(name, "").splitlines()).strip()
        cleaned["begins"] = cleaned.get("begins") or Begins.LINE.value
        return cleaned

    def show(self, sentences: Mapping[str, Iterable[str]]) -> None:
        """Beside its fields, as errors are shown, though nothing was sent."""
        if not (self.is_bound or self.errors):
            self.cleaned_data = {}
        for column, said in sentences.items():
            for sentence in said:
                self.add_error(column, sentence)

    def as_text(self, place: int) -> ClauseText:
        key = f"c-{secrets.token_hex(4)}" if self.is_new else self.prefix
        return ClauseText(**{name: self.cleaned_data[name] for name in OF_A_CLAUSE} | {"key": key, "place": place})


class ClauseForms:
    """All of a draft, in order: as it is stored, or as it was sent."""

    def __init__(self, data: Mapping[str, str] | None = None, clauses: Sequence[ClauseText] = ()) -> None:
        if data is None:
            self.forms = [ClauseForm(prefix=one.key, initial=_initial(one)) for one in clauses]
            self.forms += [ClauseForm(prefix=key) for key in BLANK]
        else:
            keys = [name.removesuffix("-text_en") for name in data if name.endswith("-text_en")]
            self.forms = [ClauseForm(data, prefix=key) for key in keys if KEY.fullmatch(key)]

    def __iter__(self) -> Iterable[ClauseForm]:
        return iter(self.forms)

    def is_valid(self) -> bool:
        return self.are_valid and not self.are_too_many

    @property
    def are_valid(self) -> bool:
        return all(form.is_valid() for form in self.forms)

    @property
    def are_too_many(self) -> bool:
        return self.are_valid and len(self.clauses) > MOST

    @cached_property
    def clauses(self) -> list[ClauseText]:
        """In the order of their places; those without one come last."""
        kept = [form for form in self.forms if not (form.cleaned_data["remove"] or form.is_blank)]
        kept.sort(key=lambda form: form.cleaned_data["place"] or LAST)
        return [form.as_text(place) for place, form in enumerate(kept, start=1)]

    @property
    def problems(self) -> list[tuple[str, str, str]]:
        """(id of the field, what it is, sentence) of each, from the top of the page."""
        return [
            (form[name].id_for_label, f"{form.title} · {form[name].label}" if form.title else form[name].label, error)
            for form in self.forms
            for name in form.fields
            for error in form[name].errors
        ]

    def show(self, findings: Sequence[Finding]) -> None:
        by_key: dict[str, dict[str, list[str]]] = {}
        for finding in findings:
            if finding.key:
                by_key.setdefault(finding.key, {}).setdefault(finding.column, []).append(said_finding(finding))
        for form in self.forms:
            form.show(by_key.get(form.prefix, {}))


def _initial(clause: ClauseText) -> dict[str, object]:
    return {name: getattr(clause, name) for name in OF_A_CLAUSE}
