"""A side's profile page that also asks for the party's picture."""

from django import forms

from marketplace.accounts.views.profile import ProfileView
from marketplace.media.flows.upload import upload_party_picture


class PictureProfileView(ProfileView):
    """The picture is a write of its own: what is wrong with the answers never costs it, nor the reverse."""

    def keep(self, form: forms.ModelForm, *, complete: bool) -> None:
        picture = form.cleaned_data.pop("picture", None)
        super().keep(form, complete=complete)
        if picture:
            upload_party_picture(actor=self.actor, file=picture)
