"""The two filters of the hall that are typed, not chosen."""

from django import forms
from django.utils.translation import gettext_lazy as _

from marketplace.campaigns.selectors.hall import CURRENCIES


class FeeForm(forms.Form):
    currency = forms.ChoiceField(label=_("Currency"), choices=[(code, code) for code in CURRENCIES])
    fee_from = forms.IntegerField(label=_("At least"), min_value=0, required=False)


class DatesForm(forms.Form):
    publish_from = forms.DateField(label=_("From"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    publish_until = forms.DateField(label=_("Until"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
