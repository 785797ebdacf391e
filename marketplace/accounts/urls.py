from django.urls import path

from marketplace.accounts.views.join import JoinView
from marketplace.accounts.views.switch import SwitchPartyView
from marketplace.accounts.views.team import InvitationRevokeView, MemberRemoveView, MemberRoleView, TeamView
from marketplace.accounts.views.welcome import WelcomeView

urlpatterns = [
    path("welcome/", WelcomeView.as_view(), name="welcome"),
    path("switch/", SwitchPartyView.as_view(), name="switch-party"),
    path("team/", TeamView.as_view(), name="team"),
    path("team/<str:user_id>/role/", MemberRoleView.as_view(), name="member-role"),
    path("team/<str:user_id>/remove/", MemberRemoveView.as_view(), name="member-remove"),
    path("team/invitations/<str:invitation_id>/revoke/", InvitationRevokeView.as_view(), name="invitation-revoke"),
    path("join/<str:invitation_id>/", JoinView.as_view(), name="join"),
]
