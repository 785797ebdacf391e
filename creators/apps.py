from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from creators.wording import SENTENCES
from marketplace.http.sentences import say


class CreatorsConfig(AppConfig):
    name = "creators"
    verbose_name = _("Anchors and agencies")

    def ready(self) -> None:
        say(SENTENCES)
