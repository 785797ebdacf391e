from django.db import models
from django.utils.translation import gettext_lazy as _

from marketplace.core import clock
from marketplace.core.database_roles import APPEND
from marketplace.core.models.event import APPEND_ONLY


class Consent(models.Model):
    """That a user accepted one version of the terms or of the privacy notice. Kept for ever."""

    database_rights = APPEND

    class Document(models.TextChoices):
        TERMS = "terms"
        PRIVACY = "privacy"

    user = models.ForeignKey(
        "accounts.User",
        on_delete=models.PROTECT,
        related_name="consents",
        verbose_name=_("person"),
    )
    document = models.CharField(_("document"), max_length=10, choices=Document.choices)
    version = models.CharField(_("version"), max_length=20)
    language = models.CharField(_("language"), max_length=10)
    at = models.DateTimeField(_("time"), default=clock.now)

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        constraints = [models.UniqueConstraint(fields=["user", "document", "version"], name="consent_once")]
        triggers = APPEND_ONLY

    def __str__(self) -> str:
        return f"{self.user_id} {self.document} {self.version}"
