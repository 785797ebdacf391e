from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class CoreConfig(AppConfig):
    name = "marketplace.core"
    verbose_name = _("Machinery")

    def ready(self) -> None:
        # Registration by decorator: each app's own reactions to its own events, timers and truths.
        autodiscover_modules(
            "handlers",
            "timers",
            "invariants",
            "steps.approvals",
            "steps.erasure",
            "steps.exports",
            "reportable",
            "measured",
            "cards",
        )
