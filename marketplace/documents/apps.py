from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from marketplace.documents.wording import SENTENCES
from marketplace.http.sentences import say


class DocumentsConfig(AppConfig):
    name = "marketplace.documents"
    verbose_name = _("Documents")

    def ready(self) -> None:
        say(SENTENCES)
