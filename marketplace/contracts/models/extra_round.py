from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from marketplace.contracts.machine import PROTECTED_ROUND, ExtraRoundState
from marketplace.contracts.models.contract import Contract
from marketplace.contracts.models.deliverable import Deliverable
from marketplace.contracts.waterfall import Waterfall
from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.core.fields import PublicIdField, StateField, one_of
from marketplace.core.machine import values
from marketplace.core.money import Money


class ExtraRoundQuerySet(QuerySet["ExtraRound"]):
    def visible_to(self, actor: Actor) -> "ExtraRoundQuerySet":
        return self.filter(deliverable__contract__in=Contract.objects.visible_to(actor))

    def protected(self) -> "ExtraRoundQuerySet":
        """Paid, and neither released nor given back."""
        return self.filter(state__in=values(PROTECTED_ROUND))


class ExtraRound(models.Model):
    """A round of changes beyond the free ones, at the price that was signed: what should change is kept from the
    moment it is typed, and asked for when the money is protected.

    `lots` are the public ids of the funding lots that carry it, and nothing else.
    """

    public_id = PublicIdField(prefix="exr")
    deliverable = models.ForeignKey(
        Deliverable, on_delete=models.PROTECT, related_name="extra_rounds", verbose_name=_("deliverable")
    )
    words = models.TextField(_("changes asked for"), max_length=2000)
    by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+", verbose_name=_("by"))
    state = StateField(default=ExtraRoundState.ASKED)
    funded_by = models.CharField(_("paid from"), max_length=40, blank=True)  # a payment's public id, or wallet
    lots = ArrayField(models.CharField(max_length=40), default=list, blank=True, verbose_name=_("funding lots"))
    asked_at = models.DateTimeField(_("asked"), default=clock.now)
    paid_at = models.DateTimeField(_("funds protected"), null=True, blank=True)
    used_at = models.DateTimeField(_("handed in again"), null=True, blank=True)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)

    objects = ExtraRoundQuerySet.as_manager()

    class Meta:
        verbose_name = _("further round")
        verbose_name_plural = _("further rounds")
        constraints = [
            one_of("state", ExtraRoundState, name="extra_round_state"),
            models.UniqueConstraint(
                fields=["deliverable"], condition=Q(state=ExtraRoundState.ASKED), name="extra_round_one_asked"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["asked", "lapsed", "withdrawn"], paid_at__isnull=True, funded_by="")
                | Q(state__in=["paid", "used", "settled"], paid_at__isnull=False) & ~Q(funded_by=""),
                name="extra_round_paid",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.public_id}: {self.state}"

    @property
    def contract(self) -> Contract:
        return self.deliverable.contract

    @property
    def falls(self) -> Waterfall:
        """What falls where of its price; a round exists only where its contract names one."""
        falls = self.contract.extra_round
        if falls is None:
            raise LookupError("its contract names no price for a further round")
        return falls

    @property
    def pays(self) -> Money:
        return self.falls.money("pays")
