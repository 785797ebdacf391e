from django.apps import AppConfig

from marketplace.http.sentences import say
from marketplace.payments.wording import SENTENCES


class PaymentsConfig(AppConfig):
    name = "marketplace.payments"

    def ready(self) -> None:
        say(SENTENCES)
