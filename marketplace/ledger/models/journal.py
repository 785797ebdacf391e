from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from marketplace.core.database_roles import READ
from marketplace.core.fields import CurrencyField
from marketplace.core.models.event import APPEND_ONLY
from marketplace.ledger.models.account import Account


class Journal(models.Model):
    """One posting: why money moved, under a key that can only be used once. Corrected by a reversal, never edited."""

    database_rights = READ

    kind = models.CharField(_("kind"), max_length=40)
    idempotency_key = models.CharField(_("key"), max_length=120)
    input_hash = models.CharField(_("hash of what was asked"), max_length=64)
    reference = models.CharField(_("reference"), max_length=60)
    posted_at = models.DateTimeField(_("posted"))
    reverses = models.OneToOneField(
        "self",
        null=True,
        on_delete=models.PROTECT,
        related_name="reversed_by",
        verbose_name=_("reverses"),
    )

    class Meta:
        verbose_name = _("journal")
        verbose_name_plural = _("journals")
        # Named here and not on the fields: there Django would add to each a second index for LIKE, which nobody asks,
        # and every journal would pay for two more.
        constraints = [models.UniqueConstraint(fields=["idempotency_key"], name="journal_once")]
        indexes = [models.Index(fields=["reference"], name="journal_by_reference")]
        triggers = APPEND_ONLY

    def __str__(self) -> str:
        return f"{self.kind} {self.reference}"


class Line(models.Model):
    """`amount_minor` moved from `source` to `destination`: balanced by construction."""

    database_rights = READ

    pk = models.CompositePrimaryKey("journal_id", "seq")
    journal = models.ForeignKey(Journal, on_delete=models.PROTECT, related_name="lines", db_index=False)
    seq = models.PositiveSmallIntegerField()
    source = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    destination = models.ForeignKey(
        Account, on_delete=models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    amount_minor = models.BigIntegerField()
    currency = CurrencyField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(amount_minor__gt=0), name="line_positive"),
            models.CheckConstraint(condition=~Q(source=F("destination")), name="line_moves"),
        ]
        indexes = [
            models.Index(fields=["source", "-journal"], name="line_by_source"),
            models.Index(fields=["destination", "-journal"], name="line_by_destination"),
        ]
        triggers = APPEND_ONLY

    def __str__(self) -> str:
        return f"{self.source_id} → {self.destination_id}: {self.currency} {self.amount_minor}"
