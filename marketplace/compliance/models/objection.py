from django.db import models
from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from marketplace.compliance.machine import ObjectionState
from marketplace.core import clock
from marketplace.core.actor import Actor, StaffRole
from marketplace.core.fields import PublicIdField, StateField, one_of


class ObjectionQuerySet(QuerySet["Objection"]):
    def visible_to(self, actor: Actor) -> "ObjectionQuerySet":
        """All of them for compliance, those of one's party for its people; the other side sees none."""
        if StaffRole.COMPLIANCE in actor.staff_roles:
            return self
        return self.filter(party_id=actor.party_id) if actor.party_id else self.none()


class Objection(models.Model):
    """A party says that one observation should not count in its reliability record. `facts` keeps the observation as it
    was counted, whatever becomes of the deal.
    """

    public_id = PublicIdField(prefix="obj")
    party = models.ForeignKey("accounts.Party", on_delete=models.PROTECT, related_name="+", verbose_name=_("party"))
    other = models.ForeignKey(
        "accounts.Party", on_delete=models.PROTECT, related_name="+", verbose_name=_("the other side")
    )  # who does not see it
    source = models.CharField(_("what was observed"), max_length=24)
    subject = models.CharField(_("subject"), max_length=40)  # its public id
    title = models.CharField(_("title"), max_length=250)
    facts = models.JSONField(_("as it was counted"), default=dict)
    words = models.TextField(_("in words"), max_length=2000)
    by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="objections", verbose_name=_("by"))
    state = StateField(default=ObjectionState.FILED)
    filed_at = models.DateTimeField(_("sent"), default=clock.now)
    decision = models.TextField(_("reasons"), max_length=1000, blank=True)
    decided_by = models.ForeignKey(
        "accounts.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("decided by")
    )
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    appeal_by = models.DateTimeField(_("appeal by"), null=True, blank=True)
    appeal = models.TextField(_("appeal"), max_length=2000, blank=True)
    appealed_by = models.ForeignKey(
        "accounts.User",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("appealed by"),
    )
    appealed_at = models.DateTimeField(_("appealed"), null=True, blank=True)
    settlement = models.TextField(_("reasons on appeal"), max_length=1000, blank=True)
    settled_by = models.ForeignKey(
        "accounts.User",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("appeal settled by"),
    )
    settled_at = models.DateTimeField(_("appeal settled"), null=True, blank=True)

    objects = ObjectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("objection")
        verbose_name_plural = _("objections")
        constraints = [
            one_of("state", ObjectionState, name="objection_state"),
            models.UniqueConstraint(fields=["party", "source", "subject"], name="objection_once"),
            models.CheckConstraint(
                condition=Q(state="filed") | Q(decided_at__isnull=False, decided_by__isnull=False) & ~Q(decision=""),
                name="objection_decided_by_someone",
            ),
            models.CheckConstraint(
                condition=Q(state="filed") | Q(state="upheld") | Q(appeal_by__isnull=False),
                name="objection_can_be_appealed",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["appealed", "overturned", "confirmed"])
                | Q(appealed_at__isnull=False, appealed_by__isnull=False) & ~Q(appeal=""),
                name="objection_appealed_by_someone",
            ),
            models.CheckConstraint(
                condition=Q(settled_by=None) & ~Q(state__in=["overturned", "confirmed"])
                | Q(settled_by__isnull=False, state__in=["overturned", "confirmed"])
                & ~Q(settled_by=F("decided_by"))
                & ~Q(settlement=""),
                name="objection_appeal_by_another",
            ),
        ]
        indexes = [
            models.Index(fields=["filed_at"], name="objection_queue", condition=Q(state__in=["filed", "appealed"])),
        ]

    def __str__(self) -> str:
        return f"{self.title} · {self.party}"
