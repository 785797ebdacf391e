from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from marketplace.chat.wording import SENTENCES
from marketplace.http.sentences import say
from marketplace.media.grants import grant, grant_whole


class ChatConfig(AppConfig):
    name = "marketplace.chat"
    verbose_name = _("Messages")

    def ready(self) -> None:
        say(SENTENCES)
        granting = import_module("marketplace.chat.file_grant")  # it needs the models
        grant(granting.shown_in_messages)
        grant_whole(granting.shown_in_messages)
