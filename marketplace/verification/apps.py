from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from marketplace.http.sentences import say
from marketplace.verification.wording import SENTENCES


class VerificationConfig(AppConfig):
    name = "marketplace.verification"
    verbose_name = _("Verification")

    def ready(self) -> None:
        say(SENTENCES)
