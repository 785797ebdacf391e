from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from marketplace.chat.models import LONGEST
from marketplace.media.forms.work_files import UploadWidget, WorkFilesField


class MessageForm(forms.Form):
    """Words, files, or both. `anyway` is offered once the words looked like contact details."""

    text = forms.CharField(
        label=_("Message"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 2, "autocomplete": "off"}),
    )
    files = WorkFilesField(
        label=_("Pictures and files"), required=False, widget=UploadWidget(attrs={"purpose": "message"})
    )
    client_id = forms.CharField(max_length=40, widget=forms.HiddenInput)
    reply_to = forms.CharField(max_length=40, required=False, widget=forms.HiddenInput)
    edits = forms.CharField(max_length=40, required=False, widget=forms.HiddenInput)
    anyway = forms.BooleanField(label=_("Send it all the same"), required=False)

    about: object = None  # the message that is answered or altered, as it reads now

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sent = self["files"].data
        self.fields["text"].required = not (sent and any(sent))  # a file says enough

    @property
    def is_warned(self) -> bool:
        return self.is_bound and self.has_error("text", "looks_like_contact")
