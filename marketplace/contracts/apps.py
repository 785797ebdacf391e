from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from marketplace.contracts.wording import SENTENCES
from marketplace.http.sentences import say


class ContractsConfig(AppConfig):
    name = "marketplace.contracts"
    verbose_name = _("Contracts")

    def ready(self) -> None:
        say(SENTENCES)
