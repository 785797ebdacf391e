from enum import StrEnum

from django.db import models
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from marketplace.core import clock
from marketplace.core.actor import Actor, StaffRole
from marketplace.core.fields import PublicIdField, StateField, one_of


class PartyKind(models.TextChoices):
    BRAND = "brand", _("Brand")
    SUPPLIER = "supplier", _("Supplier")
    ANCHOR = "anchor", _("Anchor")
    AGENCY = "agency", _("PGC agency")


MERCHANT_KINDS = frozenset({PartyKind.BRAND, PartyKind.SUPPLIER})


class PartyState(StrEnum):
    ONBOARDING = "onboarding"
    ACTIVE = "active"
    CLOSED = "closed"


class PartyQuerySet(QuerySet["Party"]):
    def visible_to(self, actor: Actor) -> "PartyQuerySet":
        """Parties that the actor belongs to; platform staff see all of them."""
        if actor.staff_roles & {StaffRole.OPERATIONS, StaffRole.FINANCE, StaffRole.COMPLIANCE}:
            return self
        if actor.user_id is None:
            return self.none()
        return self.filter(memberships__user_id=actor.user_id, memberships__removed_at=None)


class Party(models.Model):
    """Who can hold money, sign and be messaged: the only noun that the ground knows about the sides."""

    public_id = PublicIdField(prefix="pty")
    kind = models.CharField(_("kind"), max_length=10, choices=PartyKind.choices)
    name = models.CharField(_("name"), max_length=80)
    state = StateField(default=PartyState.ONBOARDING)
    legal_entity = models.ForeignKey(
        "accounts.LegalEntity",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        verbose_name=_("legal entity"),
    )
    time_zone = models.CharField(_("time zone"), max_length=40, default="Asia/Shanghai")
    created_at = models.DateTimeField(_("created"), default=clock.now)

    objects = PartyQuerySet.as_manager()

    class Meta:
        verbose_name = _("party")
        verbose_name_plural = _("parties")
        constraints = [
            one_of("state", PartyState, name="party_state"),
            models.CheckConstraint(condition=models.Q(kind__in=PartyKind.values), name="party_kind"),
        ]
        # Few: lists leave them out without looking at the party of every row that they read.
        indexes = [models.Index(fields=["id"], name="party_closed", condition=models.Q(state="closed"))]

    def __str__(self) -> str:
        return self.name

    @property
    def is_merchant(self) -> bool:
        return self.kind in MERCHANT_KINDS
