from django import forms
from django.utils.translation import gettext_lazy as _

from marketplace.chat.models import LONGEST


class MessageForm(forms.Form):
    text = forms.CharField(
        label=_("Message"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 2, "autocomplete": "off"}),
    )
    client_id = forms.CharField(max_length=40, widget=forms.HiddenInput)
