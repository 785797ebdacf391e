from django import forms
from django.utils.translation import gettext_lazy as _

from marketplace.media.forms.fields import PictureField


class PartyPictureForm(forms.Form):
    picture = PictureField(
        label=_("Picture"),
        help_text=_("JPEG, PNG, WebP, GIF or AVIF, up to 20 MB. Place and camera are removed before anyone sees it."),
    )


class OptionalPictureMixin(forms.Form):
    """The party's picture as one more question of its profile; the view uploads what was sent."""

    picture = PictureField(
        label=_("Picture"),
        required=False,
        help_text=_("JPEG, PNG, WebP, GIF or AVIF, up to 20 MB. Place and camera are removed before anyone sees it."),
    )
