"""Everything the bank answers to."""

from django.urls import include, path

urlpatterns = [
    path("", include("marketplace.payments.standin.dialects.testbank.urls")),
    path("", include("marketplace.payments.standin.dialects.stripe.urls")),
    path("", include("marketplace.payments.standin.control.urls")),
    path("", include("marketplace.payments.standin.pages.urls")),
]
handler404 = "marketplace.payments.standin.pages.errors.not_found"
handler500 = "marketplace.payments.standin.pages.errors.server_error"
