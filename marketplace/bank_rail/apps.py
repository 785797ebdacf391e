from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from marketplace.bank_rail.wording import SENTENCES
from marketplace.http.sentences import say


class BankRailConfig(AppConfig):
    name = "marketplace.bank_rail"
    verbose_name = _("Bank")

    def ready(self) -> None:
        say(SENTENCES)
