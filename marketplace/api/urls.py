"""Every app's part of the API, under one address. A name here is `api:…`."""

from django.urls import include, path, re_path

from marketplace.api.views import openapi
from marketplace.http.api.views import Nowhere

app_name = "api"
urlpatterns = [
    path("openapi.json", openapi, name="openapi"),
    path("", include("marketplace.accounts.api.urls")),
    path("", include("marketplace.reliability.api.urls")),
    path("", include("marketplace.campaigns.api.urls")),
    path("", include("marketplace.contracts.api.urls")),
    path("", include("marketplace.payments.api.urls")),
    re_path("", Nowhere.as_view(), name="nowhere"),
]
