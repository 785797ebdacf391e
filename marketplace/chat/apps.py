from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from marketplace.chat.wording import SENTENCES
from marketplace.http.sentences import say


class ChatConfig(AppConfig):
    name = "marketplace.chat"
    verbose_name = _("Messages")

    def ready(self) -> None:
        say(SENTENCES)
