"""What people read about the API."""

from django.urls import path

from marketplace.api.views import ReferenceView

urlpatterns = [path("api/docs/", ReferenceView.as_view(), name="api-docs")]
