from django.apps import AppConfig

from marketplace.http.sentences import say
from marketplace.media.wording import SENTENCES


class MediaConfig(AppConfig):
    name = "marketplace.media"

    def ready(self) -> None:
        say(SENTENCES)
