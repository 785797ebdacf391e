from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from marketplace.contracts.drawn import LONGEST, is_drawing

LARGEST_COPY = 10 * 1024 * 1024


class SignForm(forms.Form):
    """`document` is the hash of the text on the screen: nothing else can be signed with this form."""

    document = forms.CharField(widget=forms.HiddenInput, max_length=64)
    typed = forms.CharField(
        label=_("Your name, as you sign"),
        max_length=160,
        required=False,
        help_text=_("It stands under the contract, unless you draw your signature."),
    )
    drawn = forms.CharField(widget=forms.HiddenInput, max_length=LONGEST, required=False)
    read = forms.BooleanField(label=_("I have read the contract and want to be bound by it."))

    def clean_typed(self) -> str:
        return " ".join(self.cleaned_data["typed"].split())

    def clean_drawn(self) -> str:
        drawn = self.cleaned_data["drawn"]
        if drawn and not is_drawing(drawn):
            raise ValidationError(_("This drawing cannot be kept. Draw it again, or type your name."))
        return drawn


class SignAmendmentForm(SignForm):
    read = forms.BooleanField(label=_("I have read the change and want to be bound by it."))


class VerifyForm(forms.Form):
    copy = forms.FileField(
        label=_("Your copy"), help_text=_("The PDF, or the text file, that you downloaded; 10 MB at most.")
    )

    def clean_copy(self) -> UploadedFile:
        copy = self.cleaned_data["copy"]
        if copy.size > LARGEST_COPY:
            raise ValidationError(_("A contract is smaller than this file."))
        return copy
