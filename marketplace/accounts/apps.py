from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from marketplace.accounts.wording import SENTENCES
from marketplace.http.sentences import say


class AccountsConfig(AppConfig):
    name = "marketplace.accounts"
    verbose_name = _("People and parties")

    def ready(self) -> None:
        say(SENTENCES)
