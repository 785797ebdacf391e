from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from marketplace.campaigns.wording import MISSING, PROBLEMS, SENTENCES
from marketplace.http.sentences import say, say_details


class CampaignsConfig(AppConfig):
    name = "marketplace.campaigns"
    verbose_name = _("Campaigns")

    def ready(self) -> None:
        say(SENTENCES)
        say_details({**PROBLEMS, **MISSING})
