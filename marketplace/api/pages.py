"""What people read about the API."""

from django.urls import path

from marketplace.api.views import GroupView, ReferenceView

urlpatterns = [
    path("api/docs/", ReferenceView.as_view(), name="api-docs"),
    path("api/docs/<slug:group>/", GroupView.as_view(), name="api-docs-group"),
]
