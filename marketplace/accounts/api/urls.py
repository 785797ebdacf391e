from django.urls import path

from marketplace.accounts.api.views import AnchorView, MerchantView, MeView
from marketplace.http.api import paths as paths

urlpatterns = [
    path("me", MeView.as_view(), name="me"),
    path("anchors/<pty:party_id>", AnchorView.as_view(), name="anchor"),
    path("merchants/<pty:party_id>", MerchantView.as_view(), name="merchant"),
]
