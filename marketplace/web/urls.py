from django.urls import path

from marketplace.web.views.dashboard import DashboardView
from marketplace.web.views.health import livez, readyz
from marketplace.web.views.preferences import set_theme

urlpatterns = [
    path("today/", DashboardView.as_view(), name="dashboard"),
    path("theme/", set_theme, name="set_theme"),
    path("livez", livez, name="livez"),
    path("readyz", readyz, name="readyz"),
]
