from django import forms
from django.urls import reverse
from django.utils.functional import lazy
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


def _consent_label() -> str:
    text = gettext("I accept the {terms} and the {privacy}.")
    link = '<a href="{}" target="_blank">{}</a>'
    return format_html(
        text,
        terms=format_html(link, reverse("terms"), gettext("terms")),
        privacy=format_html(link, reverse("privacy"), gettext("privacy notice")),
    )


class SignupForm(forms.Form):
    """What we ask beside e-mail and password (allauth mixes this into its own form)."""

    name = forms.CharField(label=_("Your name"), max_length=80, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    consent = forms.BooleanField(label=lazy(_consent_label, str)())

    field_order = ("name", "email", "password1", "consent")

    def signup(self, request, user) -> None:
        """Called by allauth with the saved user; the adapter has recorded the consent."""
