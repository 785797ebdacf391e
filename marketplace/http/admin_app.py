from django.contrib.admin.apps import AdminConfig


class MooringAdminConfig(AdminConfig):
    """Makes ours the default admin site."""

    default_site = "marketplace.http.staff.MooringAdminSite"
