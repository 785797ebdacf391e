"""Everything the bank answers to."""

from django.urls import include, path

urlpatterns = [
    path("", include("marketplace.payments.standin.dialects.testbank.urls")),
    path("", include("marketplace.payments.standin.control.urls")),
]
