from django.apps import AppConfig

from marketplace.accounts.wording import SENTENCES
from marketplace.http.sentences import say


class AccountsConfig(AppConfig):
    name = "marketplace.accounts"

    def ready(self) -> None:
        say(SENTENCES)
