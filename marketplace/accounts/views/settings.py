from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from marketplace.accounts.forms.person import PersonForm
from marketplace.http.views import SignedInView


class SettingsView(SignedInView):
    """Everything that can be set, in one list: oneself, sign-in, the party."""

    def get(self, request: HttpRequest) -> HttpResponse:
        return render(request, "accounts/settings.html")


class PersonView(SignedInView):
    """One's own name and language."""

    def get(self, request: HttpRequest) -> HttpResponse:
        return render(request, "accounts/person.html", {"form": PersonForm(instance=request.user)})

    def post(self, request: HttpRequest) -> HttpResponse:
        form = PersonForm(request.POST, instance=request.user)
        if not form.is_valid():
            return render(request, "accounts/person.html", {"form": form}, status=422)
        form.save()
        messages.success(request, _("Saved."))
        return redirect("settings")
