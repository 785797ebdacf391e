"""Today: what needs this person now. For a party in its first steps, how to go on."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from marketplace.accounts.models.party import PartyState
from marketplace.accounts.selectors import list_invitations_to, list_representations
from marketplace.accounts.views.welcome import NEXT_STEP
from marketplace.contracts.selectors.room import list_running
from marketplace.contracts.views.drawn import step_of
from marketplace.contracts.views.room import reader_side
from marketplace.core.actor import Actor
from marketplace.http.views import SignedInView
from marketplace.notifications.selectors import list_notices
from marketplace.payments.selectors import list_open_approvals, wallet_of

NEWS = 5
DEALS = 6


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
            "deals": deals_of(self.actor),
            "news": list_notices(self.actor)[:NEWS],
        }
        return render(request, "marketplace/dashboard.html", context)


def deals_of(actor: Actor) -> list[dict[str, object]]:
    """What runs, with its next step as this side reads it; whatever waits for this side comes first."""
    found = [
        {"contract": room.contract, "step": step_of(room.contract, room.step, reader_side(actor, room.contract))}
        for room in list_running(actor, DEALS)
    ]
    return sorted(found, key=lambda one: not (one["step"] and one["step"]["mine"]))
