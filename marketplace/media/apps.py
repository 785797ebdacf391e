from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from marketplace.http.sentences import say
from marketplace.media.wording import SENTENCES


class MediaConfig(AppConfig):
    name = "marketplace.media"
    verbose_name = _("Files")

    def ready(self) -> None:
        say(SENTENCES)
