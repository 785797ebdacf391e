from django.urls import path

from marketplace.web.views import content
from marketplace.web.views.dashboard import DashboardView
from marketplace.web.views.health import livez, readyz
from marketplace.web.views.home import home
from marketplace.web.views.merchants import merchants
from marketplace.web.views.preferences import set_theme
from marketplace.web.views.styleguide import styleguide

urlpatterns = [
    path("", home, name="home"),
    path("how-it-works/", content.how_it_works, name="how-it-works"),
    path("fees/", content.fees, name="fees"),
    path("protected-funds/", content.protected_funds, name="protected-funds"),
    path("help/", content.help_page, name="help"),
    path("terms/", content.terms, name="terms"),
    path("privacy/", content.privacy, name="privacy"),
    path("styleguide/", styleguide, name="styleguide"),
    path("today/", DashboardView.as_view(), name="dashboard"),
    path("merchants/", merchants, name="merchants"),
    path("theme/", set_theme, name="set_theme"),
    path("livez", livez, name="livez"),
    path("readyz", readyz, name="readyz"),
]
