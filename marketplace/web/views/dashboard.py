"""Today: what needs this person now. For a party in its first steps, how to go on."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from marketplace.accounts.models.party import PartyState
from marketplace.accounts.selectors import list_invitations_to, list_representations
from marketplace.accounts.views.welcome import NEXT_STEP
from marketplace.http.views import SignedInView
from marketplace.notifications.selectors import list_notices
from marketplace.payments.selectors import list_open_approvals, wallet_of

NEWS = 5


class DashboardView(SignedInView):
    def get(self, request: HttpRequest) -> HttpResponse:
        party = request.party
        if party is None:
            invitations = list_invitations_to(request.user)
            if not invitations:
                return redirect("welcome")
            return render(request, "marketplace/dashboard.html", {"invitations": invitations})
        context = {
            "invitations": list_invitations_to(request.user),
            "unfinished": NEXT_STEP[party.kind] if party.state == PartyState.ONBOARDING else "",
            "approvals": list_open_approvals(self.actor) if party.is_merchant else [],
            "wallet": wallet_of(self.actor, party) if party.is_merchant else None,
            "representations": [] if party.is_merchant else list(list_representations(self.actor)[:NEWS]),
            "news": list_notices(self.actor)[:NEWS],
        }
        return render(request, "marketplace/dashboard.html", context)
