"""What is typed about work. Each link is a stranger's: shown as one, opened by us only through the safe door."""

import secrets

from django import forms
from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _

from marketplace.contracts.models import Deliverable
from marketplace.core import clock
from marketplace.media.forms.work_files import WorkFilesField


def words(
    label: str, help_text: str = "", *, rows: int = 4, most: int = 2000, required: bool = True
) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=most,
        required=required,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


def web_address(label: str, help_text: str = "", *, required: bool = True) -> forms.URLField:
    return forms.URLField(
        label=label,
        help_text=help_text,
        max_length=500,
        required=required,
        assume_scheme="https",
        validators=[URLValidator(schemes=["https", "http"])],
        widget=forms.URLInput(attrs={"placeholder": "https://", "inputmode": "url"}),
    )


class HandInForm(forms.Form):
    link = web_address(
        _("Where it can be seen"),
        _("A link that the merchant can open: a shared file, an unlisted video"),
        required=False,
    )
    files = WorkFilesField(
        label=_("Files"),
        help_text=_("Video, picture or PDF, up to 2 GB; without a script in your browser one file up to 20 MB"),
        required=False,
    )
    note = words(_("Words with it"), rows=3, required=False)


class ChangesForm(forms.Form):
    words = words(_("What should change"), _("As exactly as you can: each request uses one round."))


class RoundForm(forms.Form):
    words = words(_("What should change"), _("It is kept now, and asked for when the round is paid."))


class PublishForm(forms.Form):
    link = web_address(_("Where it is published"))
    order_id = forms.CharField(label=_("Number on the platform"), max_length=80, required=False)
    live_from = forms.DateTimeField(
        label=_("Live from"), required=False, widget=forms.DateTimeInput(attrs={"type": "datetime-local"})
    )
    live_until = forms.DateTimeField(
        label=_("Live until"), required=False, widget=forms.DateTimeInput(attrs={"type": "datetime-local"})
    )

    def __init__(self, *args, deliverable: Deliverable, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if deliverable.is_live:
            self.fields["link"].label = _("The recording, or the room")
            self.fields["live_from"].required = self.fields["live_until"].required = True
        else:
            del self.fields["live_from"], self.fields["live_until"]

    def clean(self) -> dict[str, object]:
        cleaned = super().clean()
        start, end = cleaned.get("live_from"), cleaned.get("live_until")
        if start and end and end <= start:
            self.add_error("live_until", _("It ends before it begins."))
        if end and end > clock.now():
            self.add_error("live_until", _("It has not ended yet."))
        return cleaned


class ProofBackForm(forms.Form):
    words = words(_("What you looked for and did not find"), rows=3)


class StayUpForm(forms.Form):
    words = words(_("What became of it"), _("The merchant reads it. No money moves because of it."), rows=3)


class RemarkForm(forms.Form):
    text = words(_("Comment"), rows=2, most=1000)
    at = forms.CharField(
        label=_("At"),
        required=False,
        max_length=8,
        help_text=_("Minute and second, such as 0:18; or empty."),
    )

    def clean_at(self) -> int | None:
        typed = self.cleaned_data["at"].strip().replace("：", ":")
        if not typed:
            return None
        parts = typed.split(":")
        if not 1 <= len(parts) <= 3 or not all(part.isascii() and part.isdigit() for part in parts):
            raise forms.ValidationError(_("Write it as minute:second, such as 0:18."))
        seconds = 0
        for part in parts:
            seconds = seconds * 60 + int(part)
        return seconds


class PayForm(forms.Form):
    """`key` makes a double click one payment."""

    source = forms.ChoiceField(label=_("Pay from"), widget=forms.RadioSelect)
    key = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def __init__(self, *args, sources: list[tuple[str, str]], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["source"].choices = sources
        self.fields["source"].initial = sources[0][0]
        self.fields["key"].initial = secrets.token_urlsafe(16)


class EndForm(forms.Form):
    words = words(_("Why"), _("The other side reads it."), rows=3, most=1000)


class DisputeForm(forms.Form):
    words = words(_("What happened"), _("What is on Mooring counts: drafts, comments, links, times."), most=3000)
    share = forms.IntegerField(
        label=_("Share of the amount that should go to the anchor, in percent"), min_value=0, max_value=100
    )

    @property
    def anchor_bp(self) -> int:
        return self.cleaned_data["share"] * 100


class ProposalForm(forms.Form):
    share = forms.IntegerField(
        label=_("Share of the amount that should go to the anchor, in percent"), min_value=0, max_value=100
    )
    words = words(_("Why so"), _("The other side reads it. When it accepts, the dispute is settled."), rows=3)

    @property
    def anchor_bp(self) -> int:
        return self.cleaned_data["share"] * 100


class AppealForm(forms.Form):
    words = words(
        _("What the decision got wrong"), _("Other staff than before read it, and the other side."), most=3000
    )
