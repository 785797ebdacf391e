from django.apps import apps
from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("", include("marketplace.web.urls")),
    path("", include("marketplace.accounts.urls")),
    path("", include("marketplace.media.urls")),
    path("", include("marketplace.notifications.urls")),
    path("", include("marketplace.payments.urls")),
    path("", include("marketplace.verification.urls")),
    path("", include("marketplace.chat.urls")),
    path("", include("marketplace.contracts.urls")),
    path("", include("marketplace.campaigns.urls")),
    path("", include("marketplace.compliance.urls")),
    path("", include("marketplace.documents.urls")),
    path("", include("brands.urls")),
    path("", include("creators.urls")),
    path("", include("supply.urls")),
    path("", include("marketplace.api.pages")),
    path("api/v1/", include("marketplace.api.urls")),
    path("accounts/", include("allauth.urls")),
    path("i18n/", include("django.conf.urls.i18n")),
    path("admin/", admin.site.urls),
]
if apps.is_installed("marketplace.web.mailbox"):  # development settings only
    urlpatterns.append(path("", include("marketplace.web.mailbox.urls")))

handler400 = "marketplace.web.views.errors.bad_request"
handler403 = "marketplace.web.views.errors.forbidden"
handler404 = "marketplace.web.views.errors.not_found"
handler500 = "marketplace.web.views.errors.server_error"
