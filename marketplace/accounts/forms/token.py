from django import forms
from django.utils.translation import gettext_lazy as _

from marketplace.accounts.scopes import Scope

LENGTHS = ((30, _("30 days")), (90, _("90 days")), (180, _("180 days")), (365, _("One year")))


class TokenForm(forms.Form):
    name = forms.CharField(
        label=_("What it is for"), max_length=60, help_text=_("Such as the program’s name."), strip=True
    )
    scopes = forms.MultipleChoiceField(
        label=_("What it may do"), choices=Scope.choices, widget=forms.CheckboxSelectMultiple
    )
    days = forms.TypedChoiceField(label=_("How long it works"), choices=LENGTHS, coerce=int, initial=90)
