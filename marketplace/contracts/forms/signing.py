from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

LARGEST_COPY = 1024 * 1024


class SignForm(forms.Form):
    """`document` is the hash of the text on the screen: nothing else can be signed with this form."""

    document = forms.CharField(widget=forms.HiddenInput, max_length=64)
    read = forms.BooleanField(label=_("I have read the contract and want to be bound by it."))


class VerifyForm(forms.Form):
    copy = forms.FileField(label=_("Your copy"), help_text=_("The text file that you downloaded."))

    def clean_copy(self) -> UploadedFile:
        copy = self.cleaned_data["copy"]
        if copy.size > LARGEST_COPY:
            raise ValidationError(_("A contract is smaller than this file."))
        return copy
