from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from marketplace.compliance.wording import SENTENCES
from marketplace.http.sentences import say


class ComplianceConfig(AppConfig):
    name = "marketplace.compliance"
    verbose_name = _("Compliance")

    def ready(self) -> None:
        say(SENTENCES)
