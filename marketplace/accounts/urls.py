from django.urls import path

from marketplace.accounts.views.join import JoinView
from marketplace.accounts.views.privacy import ErasureView, ExportView, PrivacyView
from marketplace.accounts.views.representation import (
    RepresentationAskView,
    RepresentationChangeView,
    RepresentationListView,
    RepresentationView,
)
from marketplace.accounts.views.settings import PersonView, SettingsView
from marketplace.accounts.views.switch import SwitchPartyView
from marketplace.accounts.views.team import InvitationRevokeView, MemberRemoveView, MemberRoleView, TeamView
from marketplace.accounts.views.tokens import TokenRevokeView, TokensView
from marketplace.accounts.views.welcome import WelcomeView

urlpatterns = [
    path("welcome/", WelcomeView.as_view(), name="welcome"),
    path("switch/", SwitchPartyView.as_view(), name="switch-party"),
    path("team/", TeamView.as_view(), name="team"),
    path("team/<str:user_id>/role/", MemberRoleView.as_view(), name="member-role"),
    path("team/<str:user_id>/remove/", MemberRemoveView.as_view(), name="member-remove"),
    path("team/invitations/<str:invitation_id>/revoke/", InvitationRevokeView.as_view(), name="invitation-revoke"),
    path("settings/", SettingsView.as_view(), name="settings"),
    path("settings/person/", PersonView.as_view(), name="person-settings"),
    path("settings/tokens/", TokensView.as_view(), name="tokens"),
    path("settings/tokens/<str:token_id>/revoke/", TokenRevokeView.as_view(), name="token-revoke"),
    path("settings/privacy/", PrivacyView.as_view(), name="privacy-settings"),
    path("settings/privacy/export/", ExportView.as_view(), name="data-export"),
    path("settings/privacy/erasure/", ErasureView.as_view(), name="erasure"),
    path("representation/", RepresentationListView.as_view(), name="representations"),
    path("representation/ask/", RepresentationAskView.as_view(), name="representation-ask"),
    path("representation/<str:representation_id>/", RepresentationView.as_view(), name="representation"),
    path(
        "representation/<str:representation_id>/change/",
        RepresentationChangeView.as_view(),
        name="representation-change",
    ),
    path("join/<str:invitation_id>/", JoinView.as_view(), name="join"),
]
