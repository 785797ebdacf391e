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
    verification = models.ForeignKey(
        "verification.Verification",
        on_delete=models.PROTECT,
        related_name="documents",
        verbose_name=_("verification"),
    )
    asset = models.OneToOneField("media.Asset", on_delete=models.PROTECT, related_name="+", verbose_name=_("file"))
    kind = models.CharField(_("kind"), max_length=20, choices=DocumentKind.choices)
    added_by = models.ForeignKey(
        "accounts.User",
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("added by"),
    )
    added_at = models.DateTimeField(_("added"), default=clock.now)
    erased_at = models.DateTimeField(_("erased"), null=True)

    class Meta:
        verbose_name = _("paper")
        verbose_name_plural = _("papers")
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=DocumentKind.values), name="verification_document_kind"),
        ]
        ordering = ["added_at", "id"]

    def __str__(self) -> str:
        return self.get_kind_display()


class DocumentView(models.Model):
    """Who was shown which paper and when: written before the first byte of it leaves. Kept for ever."""

    database_rights = APPEND

    document = models.ForeignKey(
        "verification.VerificationDocument",
        on_delete=models.PROTECT,
        related_name="views",
        verbose_name=_("document"),
    )
    viewer = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+", verbose_name=_("viewer"))
    at = models.DateTimeField(_("time"), default=clock.now)
    request_id = models.CharField(_("request"), max_length=40)

    class Meta:
        verbose_name = _("look at a paper")
        verbose_name_plural = _("looks at papers")
        indexes = [models.Index(fields=["document", "at"], name="document_view_log")]
        triggers = APPEND_ONLY

    def __str__(self) -> str:
        return f"{self.viewer_id} saw {self.document_id}"
