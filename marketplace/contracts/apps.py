from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from marketplace.contracts.wording import SENTENCES
from marketplace.http.sentences import say
from marketplace.media.grants import grant


class ContractsConfig(AppConfig):
    name = "marketplace.contracts"
    verbose_name = _("Contracts")

    def ready(self) -> None:
        say(SENTENCES)
        grant(import_module("marketplace.contracts.work_grant").shown_as_work)  # it needs the models
