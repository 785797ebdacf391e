from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class CoreConfig(AppConfig):
    name = "marketplace.core"

    def ready(self) -> None:
        # Registration by decorator: each app's own reactions to its own events, timers and truths.
        autodiscover_modules("handlers", "timers", "invariants", "steps.erasure", "steps.exports", "reportable")
