from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeOperators
from django.db import models
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from marketplace.accounts.machine import RepresentationState
from marketplace.core import clock
from marketplace.core.actor import Actor, StaffRole
from marketplace.core.fields import PublicIdField, StateField, one_of


class Scope(models.TextChoices):
    LIVE = "live", _("Live sessions")
    VIDEO = "video", _("Videos")
    IMAGE_TEXT = "image_text", _("Image and text")
    PROGRAMME = "programme", _("Programmes")


IN_FORCE = (RepresentationState.ACTIVE, RepresentationState.CHANGE_REQUESTED, RepresentationState.ENDING)


class RepresentationQuerySet(QuerySet["Representation"]):
    def visible_to(self, actor: Actor) -> "RepresentationQuerySet":
        """Those that the actor's party is a side of; operations see all."""
        if StaffRole.OPERATIONS in actor.staff_roles:
            return self
        if actor.party_id is None:
            return self.none()
        return self.filter(Q(agency_id=actor.party_id) | Q(anchor_id=actor.party_id))

    def in_force(self) -> "RepresentationQuerySet":
        return self.filter(state__in=IN_FORCE)


class Representation(models.Model):
    """An agency acting for an anchor: for what, for which share of which income, from when to when.

    Shares are in basis points of what the anchor earns (1 500 = 15 %).
    """

    public_id = PublicIdField(prefix="rep")
    agency = models.ForeignKey(
        "accounts.Party",
        on_delete=models.PROTECT,
        related_name="represents",
        verbose_name=_("agency"),
    )
    anchor = models.ForeignKey(
        "accounts.Party",
        on_delete=models.PROTECT,
        related_name="represented_by",
        verbose_name=_("anchor"),
    )
    asked_by = models.ForeignKey(
        "accounts.Party",
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("asked by"),
    )
    scope = ArrayField(models.CharField(max_length=12, choices=Scope.choices), verbose_name=_("scope"))
    fee_share_bp = models.PositiveIntegerField(_("share of fees"))
    cps_share_bp = models.PositiveIntegerField(_("share of commission"))
    period = DateRangeField(_("period"))
    notice_days = models.PositiveSmallIntegerField(_("notice"), default=30)
    message = models.TextField(_("message"), max_length=1000, blank=True)
    state = StateField(default=RepresentationState.REQUESTED)
    # A change that one side proposed: the same fields as above, waiting for the other side.
    proposed_change = models.JSONField(_("proposed change"), null=True, blank=True)
    proposed_by = models.ForeignKey(
        "accounts.Party",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("proposed by"),
    )
    ends_on = models.DateField(_("ends on"), null=True, blank=True)
    created_at = models.DateTimeField(_("created"), default=clock.now)

    objects = RepresentationQuerySet.as_manager()

    class Meta:
        verbose_name = _("representation")
        verbose_name_plural = _("representations")
        constraints = [
            one_of("state", RepresentationState, name="representation_state"),
            models.CheckConstraint(
                condition=Q(fee_share_bp__lte=10_000, cps_share_bp__lte=10_000), name="representation_share"
            ),
            models.CheckConstraint(condition=~Q(agency=models.F("anchor")), name="representation_two_sides"),
            models.UniqueConstraint(
                fields=["agency", "anchor"], condition=Q(state="requested"), name="representation_one_request"
            ),
            # An anchor is represented by one agency at a time.
            ExclusionConstraint(
                name="representation_no_overlap",
                expressions=[("anchor", RangeOperators.EQUAL), ("period", RangeOperators.OVERLAPS)],
                condition=Q(state__in=[state.value for state in IN_FORCE]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agency} → {self.anchor}"
