from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from marketplace.bank_rail.machine import UploadState
from marketplace.bank_rail.models.desk_only import DeskOnly
from marketplace.bank_rail.models.kept import kept
from marketplace.core import clock
from marketplace.core.fields import CurrencyField, PublicIdField, StateField, one_of


class Upload(models.Model):
    """A file of the bank's, kept sealed and to the byte: a statement, or a confirmation of the orders of one batch.

    Whoever uploads it does not book it.
    """

    class Kind(models.TextChoices):
        STATEMENT = "statement", _("Statement")
        CONFIRMATION = "confirmation", _("Confirmation")

    public_id = PublicIdField(prefix="bup")
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    name = models.CharField(_("file"), max_length=120)
    sealed_content = models.TextField(_("sealed content"))
    sha256 = models.CharField(_("hash of the content"), max_length=64)
    currency = CurrencyField()
    batch = models.ForeignKey(
        "bank_rail.Batch",
        null=True,
        on_delete=models.PROTECT,
        related_name="confirmations",
        verbose_name=_("batch"),
    )
    state = StateField(default=UploadState.PREVIEWED)
    opening_minor = models.BigIntegerField(_("balance before, in minor units"), null=True)
    closing_minor = models.BigIntegerField(_("balance after, in minor units"), null=True)
    first_on = models.DateField(_("first day"), null=True)
    last_on = models.DateField(_("last day"), null=True)
    uploaded_by = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, related_name="+", verbose_name=_("uploaded by")
    )
    uploaded_at = models.DateTimeField(_("uploaded"), default=clock.now)
    booked_by = models.ForeignKey(
        "accounts.User", null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("booked by")
    )
    booked_at = models.DateTimeField(_("booked"), null=True)

    objects = DeskOnly.as_manager()

    class Meta:
        verbose_name = _("file of the bank")
        verbose_name_plural = _("files of the bank")
        triggers = kept("kind", "sealed_content", "sha256", "currency", "batch", "opening_minor", "closing_minor")
        constraints = [
            one_of("state", UploadState, name="bank_upload_state"),
            # What was discarded may be looked at again.
            models.UniqueConstraint(
                fields=["kind", "sha256"], condition=~Q(state="discarded"), name="bank_upload_once"
            ),
            models.CheckConstraint(
                condition=Q(state="booked") ^ Q(booked_by__isnull=True), name="bank_upload_booked_by_somebody"
            ),
            models.CheckConstraint(
                condition=Q(booked_by__isnull=True) | ~Q(booked_by=F("uploaded_by")), name="bank_upload_by_two_people"
            ),
            models.CheckConstraint(
                condition=Q(kind="confirmation") ^ Q(batch__isnull=True), name="bank_upload_confirms_a_batch"
            ),
        ]

    def __str__(self) -> str:
        return self.name
