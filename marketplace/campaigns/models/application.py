from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from marketplace.campaigns.machine import NEGOTIATING, ApplicationState
from marketplace.core import clock
from marketplace.core.actor import Actor, StaffRole
from marketplace.core.fields import PublicIdField, StateField, one_of
from marketplace.core.machine import values
from marketplace.core.money import Money

OVER = (ApplicationState.DECLINED, ApplicationState.WITHDRAWN, ApplicationState.EXPIRED)


class ApplicationQuerySet(QuerySet["Application"]):
    def visible_to(self, actor: Actor) -> "ApplicationQuerySet":
        """The anchor, whoever applied for her, and the merchant of the task; operations see all."""
        if StaffRole.OPERATIONS in actor.staff_roles:
            return self
        if actor.party_id is None:
            return self.none()
        mine = Q(anchor_id=actor.party_id) | Q(by_party_id=actor.party_id) | Q(task__party_id=actor.party_id)
        return self.filter(mine)

    def live(self) -> "ApplicationQuerySet":
        return self.exclude(state__in=values(OVER))


class Application(models.Model):
    """One anchor's candidacy for one V task, from the first word to the contract: applied herself, through her agency
    (`by_party`), or invited by the merchant (then it begins as an invitation).
    """

    class Origin(models.TextChoices):
        APPLIED = "applied", _("Applied")
        INVITED = "invited", _("Invited")

    public_id = PublicIdField(prefix="app")
    task = models.ForeignKey(
        "campaigns.VTask", on_delete=models.PROTECT, related_name="applications", verbose_name=_("V task")
    )
    anchor = models.ForeignKey(
        "accounts.Party", on_delete=models.PROTECT, related_name="applications", verbose_name=_("anchor")
    )
    by_party = models.ForeignKey(
        "accounts.Party", on_delete=models.PROTECT, related_name="+", verbose_name=_("applied by")
    )
    origin = models.CharField(_("how it began"), max_length=8, choices=Origin.choices)
    state = StateField(default=ApplicationState.INVITED)
    message = models.TextField(_("message"), max_length=1000, blank=True)
    quote_minor = models.BigIntegerField(_("quote in minor units"), null=True, blank=True)
    portfolio = ArrayField(models.CharField(max_length=40), default=list, blank=True, verbose_name=_("portfolio items"))
    invitation_words = models.TextField(_("words of the invitation"), max_length=600, blank=True)
    closing_words = models.CharField(_("closing words"), max_length=400, blank=True)
    created_at = models.DateTimeField(_("created"), default=clock.now)
    applied_at = models.DateTimeField(_("applied"), null=True, blank=True)
    moved_at = models.DateTimeField(_("moved"), default=clock.now)
    decide_by = models.DateTimeField(_("decide by"), null=True, blank=True)
    unanswered_at = models.DateTimeField(_("unanswered since"), null=True, blank=True)
    contract = models.CharField(_("contract"), max_length=40, blank=True)

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("application")
        verbose_name_plural = _("applications")
        constraints = [
            one_of("state", ApplicationState, name="application_state"),
            models.UniqueConstraint(
                fields=["task", "anchor"], condition=~Q(state__in=values(OVER)), name="application_one_live"
            ),
            models.CheckConstraint(
                condition=Q(quote_minor__isnull=True) | Q(quote_minor__gte=0), name="application_quote"
            ),
        ]
        indexes = [
            models.Index(fields=["task", "state", "-id"], name="application_board"),
            models.Index(fields=["anchor", "-id"], name="application_by_anchor"),
            models.Index(fields=["by_party", "-id"], name="application_by_party"),
        ]

    def __str__(self) -> str:
        return f"{self.anchor} → {self.task}"

    @property
    def is_live(self) -> bool:
        return self.state not in OVER

    @property
    def is_negotiating(self) -> bool:
        return self.state in NEGOTIATING

    @property
    def quote(self) -> Money | None:
        return None if self.quote_minor is None else Money(self.quote_minor, self.task.currency)
