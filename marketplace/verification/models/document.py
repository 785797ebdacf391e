from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from marketplace.core import clock
from marketplace.core.database_roles import APPEND
from marketplace.core.fields import PublicIdField
from marketplace.core.models.event import APPEND_ONLY


class DocumentKind(models.TextChoices):
    REGISTRATION = "registration", _("Business licence or extract from the register")
    IDENTITY = "identity", _("Identity card or passport")
    GUARDIAN_IDENTITY = "guardian_identity", _("Guardian's identity card or passport")
    HOLDER = "holder", _("Proof of the account holder's name")


class VerificationDocument(models.Model):
    """A paper that belongs to a check. The party sees that it is there; only compliance sees what is on it."""

    public_id = PublicIdField(prefix="vdc")
    verification = models.ForeignKey("verification.Verification", on_delete=models.PROTECT, related_name="documents")
    asset = models.OneToOneField("media.Asset", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=DocumentKind.choices)
    added_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField(default=clock.now)
    erased_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=DocumentKind.values), name="verification_document_kind"),
        ]
        ordering = ["added_at", "id"]

    def __str__(self) -> str:
        return self.get_kind_display()


class DocumentView(models.Model):
    """Who was shown which paper and when: written before the first byte of it leaves. Kept for ever."""

    database_rights = APPEND

    document = models.ForeignKey("verification.VerificationDocument", on_delete=models.PROTECT, related_name="views")
    viewer = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)
    request_id = models.CharField(max_length=40)

    class Meta:
        indexes = [models.Index(fields=["document", "at"], name="document_view_log")]
        triggers = APPEND_ONLY

    def __str__(self) -> str:
        return f"{self.viewer_id} saw {self.document_id}"
