from django import forms
from django.utils.translation import gettext_lazy as _

from marketplace.accounts.models.membership import RoleChoice


class RoleForm(forms.Form):
    role = forms.ChoiceField(label=_("Role"), choices=RoleChoice.choices)
    can_sign = forms.BooleanField(
        label=_("May sign contracts"), required=False, help_text=_("For managers; owners always may, others never.")
    )


class InviteForm(RoleForm):
    email = forms.EmailField(label=_("E-mail"), widget=forms.EmailInput(attrs={"autocomplete": "off"}))
    field_order = ("email", "role", "can_sign")
    role = forms.ChoiceField(label=_("Role"), choices=RoleChoice.choices, initial=RoleChoice.MEMBER)
