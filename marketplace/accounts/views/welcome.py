"""The first steps of a new party: what it is, then its side's own page, then the dashboard."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from marketplace.accounts.forms import ChooseKindForm
from marketplace.accounts.middleware import act_for
from marketplace.accounts.services.parties import found_party
from marketplace.http.views import SignedInView

# Each side's own first page, by URL name: the ground never imports a side.
NEXT_STEP = {
    "brand": "brand-profile",
    "supplier": "supplier-profile",
    "anchor": "anchor-profile",
    "agency": "agency-profile",
}


class WelcomeView(SignedInView):
    def get(self, request: HttpRequest) -> HttpResponse:
        initial = {"kind": request.GET.get("kind", ""), "name": request.user.name}
        return self.show(request, ChooseKindForm(initial=initial))

    def post(self, request: HttpRequest) -> HttpResponse:
        form = ChooseKindForm(request.POST)
        if not form.is_valid():
            return self.show(request, form)
        party = found_party(actor=self.actor, **form.cleaned_data)
        request.memberships = []
        request.session["party"] = party.public_id
        act_for(request, party.public_id)
        return redirect(NEXT_STEP[party.kind])

    def show(self, request: HttpRequest, form: ChooseKindForm) -> HttpResponse:
        status = 422 if form.is_bound else 200
        return render(request, "accounts/welcome.html", {"form": form}, status=status)
