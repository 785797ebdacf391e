from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from marketplace.contracts.wording import SENTENCES
from marketplace.http.sentences import say
from marketplace.media.grants import grant, grant_whole


class ContractsConfig(AppConfig):
    name = "marketplace.contracts"
    verbose_name = _("Contracts")

    def ready(self) -> None:
        say(SENTENCES)
        granting = import_module("marketplace.contracts.work_grant")  # it needs the models
        grant(granting.shown_as_work)
        grant_whole(granting.released_as_work)
