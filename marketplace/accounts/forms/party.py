from django import forms
from django.utils.translation import gettext_lazy as _

from marketplace.accounts.models import Party, PartyKind


class ChooseKindForm(forms.Form):
    """The one question of the first step."""

    kind = forms.ChoiceField(label=_("What brings you to the harbour?"), choices=PartyKind.choices)
    name = forms.CharField(
        label=_("Name that others see"),
        max_length=80,
        help_text=_("A brand, a stage name, an agency. Legal names are asked only before you sign."),
    )


class PartyNameForm(forms.ModelForm):
    class Meta:
        model = Party
        fields = ("name",)
