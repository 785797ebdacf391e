"""The people of a party."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from marketplace.accounts.forms import InviteForm, RoleForm
from marketplace.accounts.models import PartyKind
from marketplace.accounts.policies import PARTY, PartyAction
from marketplace.accounts.selectors import list_invitations, list_team
from marketplace.accounts.services.members import change_role, invite_member, remove_member, revoke_invitation
from marketplace.core.errors import NotFound, Refused
from marketplace.http.sentences import sentence
from marketplace.http.views import PartyView, say_refusal

# An anchor is a party of one person: it has no team page.
TEAM_KINDS = frozenset({PartyKind.BRAND, PartyKind.SUPPLIER, PartyKind.AGENCY})


class TeamView(PartyView):
    kinds = TEAM_KINDS

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.show(request, InviteForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        PARTY.authorise(self.actor, PartyAction.TEAM, request.party)
        form = InviteForm(request.POST)
        if not form.is_valid():
            return self.show(request, form, status=422)
        try:
            invite_member(actor=self.actor, language=get_language() or "en", **form.cleaned_data)
        except Refused as error:
            form.add_error("email", sentence(error))
            return self.show(request, form, status=error.status)
        messages.success(request, _("The invitation is on its way to %(email)s.") % form.cleaned_data)
        return redirect("team")

    def show(self, request: HttpRequest, form: InviteForm, status: int = 200) -> HttpResponse:
        can_edit = PARTY.can(self.actor, PartyAction.TEAM, request.party)
        members = [
            (m, RoleForm(initial={"role": m.role, "can_sign": m.can_sign}, auto_id=f"id_{m.user.public_id}_%s"))
            for m in list_team(self.actor)
        ]
        context = {"form": form, "members": members, "can_edit": can_edit, "invitations": list_invitations(self.actor)}
        return render(request, "accounts/team.html", context, status=status)


class MemberRoleView(PartyView):
    kinds = TEAM_KINDS
    http_method_names = ("post",)

    def post(self, request: HttpRequest, user_id: str) -> HttpResponse:
        if not list_team(self.actor).filter(user__public_id=user_id).exists():
            raise NotFound
        PARTY.authorise(self.actor, PartyAction.TEAM, request.party)
        form = RoleForm(request.POST)
        if form.is_valid():
            try:
                change_role(actor=self.actor, user_public_id=user_id, **form.cleaned_data)
                messages.success(request, _("The role has changed."))
            except Refused as error:
                say_refusal(request, error)
        return redirect("team")


class MemberRemoveView(PartyView):
    """Asks before it takes somebody out."""

    kinds = TEAM_KINDS

    def get(self, request: HttpRequest, user_id: str) -> HttpResponse:
        membership = next((m for m in list_team(self.actor) if m.user.public_id == user_id), None)
        if membership is None:
            raise NotFound
        if membership.user_id != self.actor.user_id:
            PARTY.authorise(self.actor, PartyAction.TEAM, request.party)
        return render(request, "accounts/member_remove.html", {"membership": membership})

    def post(self, request: HttpRequest, user_id: str) -> HttpResponse:
        try:
            remove_member(actor=self.actor, user_public_id=user_id)
        except Refused as error:
            say_refusal(request, error)
            return redirect("team")
        messages.success(request, _("Done. Their access ended at once."))
        return redirect("dashboard" if user_id == request.user.public_id else "team")


class InvitationRevokeView(PartyView):
    kinds = TEAM_KINDS
    http_method_names = ("post",)

    def post(self, request: HttpRequest, invitation_id: str) -> HttpResponse:
        revoke_invitation(actor=self.actor, public_id=invitation_id)
        messages.success(request, _("The invitation is withdrawn; its link no longer works."))
        return redirect("team")
