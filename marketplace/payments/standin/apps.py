from django.apps import AppConfig


class StandinConfig(AppConfig):
    name = "marketplace.payments.standin"
    label = "standin"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """The dialects say how what the engine announces is written."""
        from marketplace.payments.standin.dialects import stripe, testbank  # noqa: PLC0415  (models are ready only now)

        testbank.register()
        stripe.register()
