from django.urls import path

from marketplace.verification.views.checks import (
    CheckFormView,
    DocumentRemoveView,
    OverviewView,
    ReviseView,
    WithdrawView,
)

urlpatterns = [
    path("settings/verification/", OverviewView.as_view(), name="verification"),
    path("settings/verification/<str:kind>/", CheckFormView.as_view(), name="verification-form"),
    path("settings/verification/<str:kind>/withdraw/", WithdrawView.as_view(), name="verification-withdraw"),
    path("settings/verification/<str:kind>/revise/", ReviseView.as_view(), name="verification-revise"),
    path(
        "settings/verification/<str:kind>/papers/<str:document_id>/remove/",
        DocumentRemoveView.as_view(),
        name="verification-document-remove",
    ),
]
