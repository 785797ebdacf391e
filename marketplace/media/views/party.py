"""How the party appears: its name and its picture."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from marketplace.accounts.forms import PartyNameForm
from marketplace.accounts.policies import PARTY, PartyAction
from marketplace.accounts.services.parties import rename_party
from marketplace.http.views import PartyView
from marketplace.media.flows.upload import upload_party_picture
from marketplace.media.forms.party import PartyPictureForm
from marketplace.media.selectors import find_picture
from marketplace.media.services.party_picture import remove_party_picture


class PartySettingsView(PartyView):
    """Name and picture are two forms, so that a refused picture never costs a typed name, nor the reverse."""

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.show(request)

    def post(self, request: HttpRequest) -> HttpResponse:
        PARTY.authorise(self.actor, PartyAction.PROFILE, request.party)
        form = PartyNameForm(request.POST)
        if not form.is_valid():
            return self.show(request, name_form=form, status=422)
        rename_party(actor=self.actor, name=form.cleaned_data["name"])
        messages.success(request, _("Saved."))
        return redirect("party-settings")

    def show(
        self,
        request: HttpRequest,
        name_form: PartyNameForm | None = None,
        picture_form: PartyPictureForm | None = None,
        status: int = 200,
    ) -> HttpResponse:
        card = getattr(request.party, "card", None)
        context = {
            "party": request.party,
            "name_form": name_form or PartyNameForm(initial={"name": request.party.name}),
            "picture_form": picture_form or PartyPictureForm(),
            "picture": find_picture(self.actor, card.picture) if card else None,
            "may_edit": PARTY.can(self.actor, PartyAction.PROFILE, request.party),
        }
        return render(request, "media/party_settings.html", context, status=status)


class PartyPictureView(PartySettingsView):
    http_method_names = ("post",)

    def post(self, request: HttpRequest) -> HttpResponse:
        PARTY.authorise(self.actor, PartyAction.PROFILE, request.party)
        form = PartyPictureForm(request.POST, request.FILES)
        if not form.is_valid():
            return self.show(request, picture_form=form, status=422)
        upload_party_picture(actor=self.actor, file=form.cleaned_data["picture"])
        messages.success(request, _("The picture is in. Its sizes are drawn within seconds."))
        return redirect("party-settings")


class PartyPictureRemoveView(PartyView):
    http_method_names = ("post",)

    def post(self, request: HttpRequest) -> HttpResponse:
        remove_party_picture(actor=self.actor)
        messages.success(request, _("The picture is gone."))
        return redirect("party-settings")
