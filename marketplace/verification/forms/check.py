"""One form for each kind of check. Nothing is required of a draft; what is missing is said when it is handed in."""

from collections.abc import Callable

from django import forms
from django.utils.translation import gettext_lazy as _

from marketplace.media.forms.fields import DocumentField
from marketplace.verification.forms.countries import country_choices
from marketplace.verification.labels import LABELS
from marketplace.verification.models import Verification
from marketplace.verification.requirements import ASKED

DATE = "%Y-%m-%d"
HELP = {
    ("merchant", "legal_name"): _("As in the public register."),
    ("merchant", "address"): _(
        "Street, number, postcode and town, as in the public register. It stands on your invoices."
    ),
    ("anchor", "legal_name"): _("As on the identity card. Others see your stage name only."),
    ("payee", "legal_name"): _("The name of the account that the money goes to."),
    ("anchor", "birth_on"): _("16 or older. Under 18 a parent or guardian signs with you and receives the money."),
    ("anchor", "guardian_name"): _("Only under 18."),
    ("anchor", "guardian_email"): _("Only under 18. The guardian is asked there before anything is signed."),
    ("anchor", "guardian_identity"): _("Only under 18."),
}
PAPER_HELP = _("PDF or picture, up to 20 MB. Only our compliance staff can open it, and every look is written down.")


def _text(name: str, **options) -> forms.Field:
    return forms.CharField(max_length=Verification._meta.get_field(name).max_length, **options)


FIELDS: dict[str, Callable[..., forms.Field]] = {
    "legal_name": lambda **options: _text("legal_name", **options),
    "address": lambda **options: _text("address", widget=forms.Textarea(attrs={"rows": 3}), **options),
    "country": lambda **options: forms.ChoiceField(choices=country_choices, **options),
    "registration_number": lambda **options: _text("registration_number", **options),
    "tax_id": lambda **options: _text("tax_id", **options),
    "birth_on": lambda **options: forms.DateField(
        widget=forms.DateInput(format=DATE, attrs={"type": "date"}), input_formats=[DATE], **options
    ),
    "guardian_name": lambda **options: _text("guardian_name", **options),
    "guardian_email": lambda **options: forms.EmailField(**options),
}


class CheckForm(forms.Form):
    """Fields show whether they are needed in the end; a draft may leave any of them empty."""

    use_required_attribute = False

    def __init__(self, *args, kind: str, verification: Verification | None = None, **kwargs) -> None:
        self.asked = ASKED[kind]
        initial = {name: getattr(verification, name) for name in self.asked.all_fields} if verification else {}
        super().__init__(*args, initial=initial, **kwargs)
        for name in self.asked.all_fields:
            text = HELP.get((kind, name), "")
            self.fields[name] = FIELDS[name](label=LABELS[name], required=False, help_text=text)
        for name in self.asked.all_documents:
            text = HELP.get((kind, name), PAPER_HELP)
            self.fields[name] = DocumentField(label=LABELS[name], required=False, help_text=text)

        needed = {*self.asked.fields, *self.asked.documents}
        for name, field in self.fields.items():
            field.required = name in needed

    def full_clean(self) -> None:
        needed = [field for field in self.fields.values() if field.required]
        for field in needed:
            field.required = False
        super().full_clean()
        for field in needed:
            field.required = True

    @property
    def values(self) -> dict[str, object]:
        return {name: self.cleaned_data[name] for name in self.asked.all_fields}

    @property
    def papers(self) -> dict[str, object]:
        """Those that came with this form."""
        return {name: self.cleaned_data[name] for name in self.asked.all_documents if self.cleaned_data[name]}
