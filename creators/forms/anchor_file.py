from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from creators.models import AnchorFile
from marketplace.accounts.categories import Category


class AnchorFileForm(forms.ModelForm):
    categories = forms.MultipleChoiceField(
        label=_("What you show"), choices=Category.choices, widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = AnchorFile
        fields = ("categories", "platform", "handle", "region", "bio")

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for name in ("categories", "bio"):
            self.fields[name].required = True

    def clean_handle(self) -> str:
        handle = self.cleaned_data["handle"].strip().removeprefix("@")
        if any(character.isspace() for character in handle):
            guess = ".".join(handle.split())
            raise ValidationError(_("A name there has no spaces. Did you mean “%(guess)s”?"), params={"guess": guess})
        return handle
