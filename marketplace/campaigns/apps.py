from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from marketplace.campaigns.wording import SENTENCES
from marketplace.http.sentences import say


class CampaignsConfig(AppConfig):
    name = "marketplace.campaigns"
    verbose_name = _("Campaigns")

    def ready(self) -> None:
        say(SENTENCES)
