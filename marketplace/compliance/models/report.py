from django.db import models
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from marketplace.compliance.machine import ReportState
from marketplace.core import clock
from marketplace.core.actor import Actor, StaffRole
from marketplace.core.fields import PublicIdField, StateField, one_of


class Reason(models.TextChoices):
    FRAUD = "fraud", _("Fraud: it asks for money outside, or sells what is not there")
    FAKE_NUMBERS = "fake_numbers", _("Figures that are not true")
    PROHIBITED = "prohibited", _("Something that may not be sold or shown")
    IMPERSONATION = "impersonation", _("It pretends to be somebody else")
    HARASSMENT = "harassment", _("Harassment or hate")
    OTHER = "other", _("Something else")


class ReportQuerySet(QuerySet["Report"]):
    def visible_to(self, actor: Actor) -> "ReportQuerySet":
        """All of them for compliance, one's own for everybody."""
        if StaffRole.COMPLIANCE in actor.staff_roles:
            return self
        return self.filter(reporter_id=actor.user_id) if actor.user_id else self.none()


class Report(models.Model):
    """Somebody says that something here is wrong. The snapshot keeps what was there, whatever becomes of it."""

    public_id = PublicIdField(prefix="rpt")
    kind = models.CharField(_("kind"), max_length=16)
    subject = models.CharField(_("subject"), max_length=40)  # its public id
    title = models.CharField(_("title"), max_length=120)
    url = models.CharField(_("address"), max_length=200, blank=True)
    snapshot = models.JSONField(_("as it was"), default=dict)
    party = models.ForeignKey(
        "accounts.Party", on_delete=models.PROTECT, related_name="+", verbose_name=_("party")
    )  # whose it is
    reporter = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, related_name="reports", verbose_name=_("reported by")
    )
    reporter_party = models.ForeignKey(
        "accounts.Party", null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("for")
    )
    reason = models.CharField(_("reason"), max_length=16, choices=Reason.choices)
    words = models.TextField(_("in words"), max_length=1000, blank=True)
    state = StateField(default=ReportState.REPORTED)
    created_at = models.DateTimeField(_("reported on"), default=clock.now)
    decided_by = models.ForeignKey(
        "accounts.User", null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("decided by")
    )
    decided_at = models.DateTimeField(_("decided on"), null=True)
    decision = models.CharField(_("answer"), max_length=500, blank=True)

    objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        constraints = [
            one_of("state", ReportState, name="report_state"),
            models.CheckConstraint(condition=Q(reason__in=Reason.values), name="report_reason"),
            models.UniqueConstraint(
                fields=["reporter", "kind", "subject"], condition=Q(state="reported"), name="report_one_open"
            ),
            models.CheckConstraint(
                condition=Q(state="reported") | Q(decided_at__isnull=False, decided_by__isnull=False) & ~Q(decision=""),
                name="report_decided_by_someone",
            ),
        ]
        indexes = [
            models.Index(fields=["created_at"], name="report_queue", condition=Q(state="reported")),
            models.Index(fields=["reporter", "-created_at"], name="report_by_reporter"),
            models.Index(fields=["party", "-id"], name="report_by_party"),
        ]

    def __str__(self) -> str:
        return f"{self.title} · {self.get_reason_display()}"
