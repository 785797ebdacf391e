from django.apps import AppConfig


class StandinConfig(AppConfig):
    name = "marketplace.payments.standin"
    label = "standin"
    default_auto_field = "django.db.models.BigAutoField"
