from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from marketplace.http.sentences import say
from marketplace.payments.wording import SENTENCES


class PaymentsConfig(AppConfig):
    name = "marketplace.payments"
    verbose_name = _("Payments")

    def ready(self) -> None:
        say(SENTENCES)
