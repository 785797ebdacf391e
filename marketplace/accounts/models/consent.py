from django.db import models

from marketplace.core import clock
from marketplace.core.database_roles import APPEND
from marketplace.core.models.event import APPEND_ONLY


class Consent(models.Model):
    """That a user accepted one version of the terms or of the privacy notice. Kept for ever."""

    database_rights = APPEND

    class Document(models.TextChoices):
        TERMS = "terms"
        PRIVACY = "privacy"

    user = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="consents")
    document = models.CharField(max_length=10, choices=Document.choices)
    version = models.CharField(max_length=20)
    language = models.CharField(max_length=10)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "document", "version"], name="consent_once")]
        triggers = APPEND_ONLY

    def __str__(self) -> str:
        return f"{self.user_id} {self.document} {self.version}"
