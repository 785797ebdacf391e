"""Where the link of an invitation leads."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from marketplace.accounts.machine import InvitationState
from marketplace.accounts.middleware import act_for, identify
from marketplace.accounts.selectors import get_own_invitation
from marketplace.accounts.services.members import accept_invitation
from marketplace.core import clock
from marketplace.core.errors import MooringError, NotFound
from marketplace.http.sentences import sentence
from marketplace.http.views import SignedInView


class JoinView(SignedInView):
    """Signed out: sign in or sign up first, then come back here."""

    def get(self, request: HttpRequest, invitation_id: str) -> HttpResponse:
        return self.show(request, invitation_id)

    def post(self, request: HttpRequest, invitation_id: str) -> HttpResponse:
        try:
            membership = accept_invitation(actor=self.actor, public_id=invitation_id)
        except NotFound:
            raise
        except MooringError as error:
            return self.show(request, invitation_id, refusal=sentence(error), status=error.status)
        identify(request)
        act_for(request, membership.party.public_id)
        return redirect("dashboard")

    def show(self, request: HttpRequest, invitation_id: str, refusal: str = "", status: int = 200) -> HttpResponse:
        invitation = get_own_invitation(invitation_id)
        open_ = invitation.state == InvitationState.PENDING and invitation.expires_at > clock.now()
        context = {
            "invitation": invitation,
            "refusal": refusal,
            "open": open_,
            "mine": request.user.email.lower() == invitation.email.lower(),
        }
        return render(request, "accounts/join.html", context, status=status)
