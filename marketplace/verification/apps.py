from django.apps import AppConfig

from marketplace.http.sentences import say
from marketplace.verification.wording import SENTENCES


class VerificationConfig(AppConfig):
    name = "marketplace.verification"

    def ready(self) -> None:
        say(SENTENCES)
