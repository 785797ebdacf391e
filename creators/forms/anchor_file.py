from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from creators.limits import MOST_FOLLOWERS
from creators.models import AnchorFile, Channel
from marketplace.accounts.categories import Category
from marketplace.accounts.platforms import Platform
from marketplace.accounts.spoken import Spoken
from marketplace.media.forms.party import OptionalPictureMixin


def clean_handle(typed: str) -> str:
    """Without the @ and without spaces; the refusal says what was probably meant."""
    handle = typed.strip().removeprefix("@")
    if any(character.isspace() for character in handle):
        guess = ".".join(handle.split())
        raise ValidationError(_("A name there has no spaces. Did you mean “%(guess)s”?"), params={"guess": guess})
    return handle


class AboutForm(forms.ModelForm):
    """Who she is: the section of the file that the first steps begin."""

    categories = forms.MultipleChoiceField(
        label=_("What you show"), choices=Category.choices, widget=forms.CheckboxSelectMultiple
    )
    languages = forms.MultipleChoiceField(
        label=_("Languages that you speak on air"),
        choices=Spoken.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    class Meta:
        model = AnchorFile
        fields = ("categories", "bio", "region", "languages")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("categories", "bio"):
            self.fields[name].required = True


class FirstStepsForm(OptionalPictureMixin, AboutForm):
    """The same, with a picture and a first channel: what a merchant looks for first."""

    platform = forms.ChoiceField(label=_("Main platform"), choices=[("", "—"), *Platform.choices], required=False)
    handle = forms.CharField(label=_("Your name there"), max_length=60, required=False)
    followers = forms.IntegerField(
        label=_("Followers there"), min_value=0, max_value=MOST_FOLLOWERS, required=False, localize=False
    )
    field_order = ("picture", "categories", "bio", "region", "platform", "handle", "followers", "languages")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        channel = self.instance.channels.order_by("id").first() if self.instance.pk else None
        if channel:
            self.initial |= {"platform": channel.platform, "handle": channel.handle, "followers": channel.followers}

    def clean_handle(self) -> str:
        return clean_handle(self.cleaned_data["handle"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("platform") and "handle" in cleaned and not cleaned["handle"]:
            self.add_error("handle", _("Say your name there, or leave the platform open."))
        if cleaned.get("handle") and not cleaned.get("platform"):
            self.add_error("platform", _("Say on which platform this is."))
        return cleaned


class ChannelForm(forms.ModelForm):
    followers = forms.IntegerField(label=_("Followers"), min_value=0, max_value=MOST_FOLLOWERS)

    class Meta:
        model = Channel
        fields = ("platform", "handle", "followers", "link")

    def clean_handle(self) -> str:
        return clean_handle(self.cleaned_data["handle"])
