from django.db import models
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from marketplace.core import clock


class VerifiedKind(models.TextChoices):
    """As what a party was verified."""

    MERCHANT = "merchant", _("Merchant")
    ANCHOR = "anchor", _("Anchor")
    PAYEE = "payee", _("Payee")


class VerifiedFactQuerySet(QuerySet["VerifiedFact"]):
    def holding(self) -> "VerifiedFactQuerySet":
        """Those that hold now."""
        return self.filter(Q(until=None) | Q(until__gt=clock.now()))


class VerifiedFact(models.Model):
    """That a party is verified as something. The check itself is elsewhere; everybody may ask for its result here.

    `holder` is the name that a payee's account must be in.
    """

    party = models.ForeignKey("accounts.Party", on_delete=models.PROTECT, related_name="verified_facts")
    kind = models.CharField(max_length=10, choices=VerifiedKind.choices)
    verified_at = models.DateTimeField(default=clock.now)
    until = models.DateTimeField(null=True)
    holder = models.CharField(max_length=160, blank=True)

    objects = VerifiedFactQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["party", "kind"], name="verified_fact_once"),
            models.CheckConstraint(condition=Q(kind__in=VerifiedKind.values), name="verified_fact_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.party_id} {self.kind}"
