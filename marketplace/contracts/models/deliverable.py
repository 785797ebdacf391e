from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from marketplace.contracts.machine import OPEN, DeliverableState
from marketplace.contracts.models.contract import Contract
from marketplace.contracts.terms import RELEASES_ON, DeliverableKind, ReleasesOn
from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.core.database_roles import APPEND
from marketplace.core.fields import PublicIdField, StateField, one_of
from marketplace.core.machine import values
from marketplace.core.models.event import APPEND_ONLY
from marketplace.core.money import Money

PUBLIC = frozenset({DeliverableKind.LIVE, DeliverableKind.VIDEO, DeliverableKind.POST})


class Kind(models.TextChoices):
    SCRIPT = DeliverableKind.SCRIPT.value, _("Script")
    DRAFT = DeliverableKind.DRAFT.value, _("Draft")
    LIVE = DeliverableKind.LIVE.value, _("Live")
    VIDEO = DeliverableKind.VIDEO.value, _("Video")
    POST = DeliverableKind.POST.value, _("Post")


class DeliverableQuerySet(QuerySet["Deliverable"]):
    def visible_to(self, actor: Actor) -> "DeliverableQuerySet":
        return self.filter(contract__in=Contract.objects.visible_to(actor))


class Deliverable(models.Model):
    """A thing owed under a contract. `releases_minor` of the fee becomes the payees' when it is `releases_on`."""

    public_id = PublicIdField(prefix="dlv")
    contract = models.ForeignKey(
        Contract, on_delete=models.PROTECT, related_name="deliverables", verbose_name=_("contract")
    )
    place = models.PositiveSmallIntegerField(_("place"))
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    title = models.CharField(_("title"), max_length=120)
    due_on = models.DateField(_("due"))
    releases_minor = models.BigIntegerField(_("releases, in minor units"))
    rounds_allowed = models.PositiveSmallIntegerField(_("rounds of changes"))
    rounds_used = models.PositiveSmallIntegerField(_("rounds used"), default=0)
    state = StateField(default=DeliverableState.PLANNED)

    submitted_at = models.DateTimeField(_("handed in"), null=True, blank=True)
    review_by = models.DateTimeField(_("review by"), null=True, blank=True)
    approved_at = models.DateTimeField(_("approved"), null=True, blank=True)
    approved_by_clock = models.BooleanField(_("approved by the clock"), default=False)
    overdue_at = models.DateTimeField(_("overdue"), null=True, blank=True)

    # What shows that it is out there
    link = models.URLField(_("link"), max_length=500, blank=True)
    order_id = models.CharField(_("number on the platform"), max_length=80, blank=True)
    picture = models.CharField(_("screenshot"), max_length=40, blank=True)  # public id of a media asset
    live_from = models.DateTimeField(_("live from"), null=True, blank=True)
    live_until = models.DateTimeField(_("live until"), null=True, blank=True)
    published_at = models.DateTimeField(_("published"), null=True, blank=True)
    verify_by = models.DateTimeField(_("check by"), null=True, blank=True)
    verified_at = models.DateTimeField(_("verified"), null=True, blank=True)
    verified_by_clock = models.BooleanField(_("verified by the clock"), default=False)
    stay_up_until = models.DateField(_("stays up until"), null=True, blank=True)

    # What we found when we opened the link ourselves
    link_looked_at = models.DateTimeField(_("link opened by us"), null=True, blank=True)
    link_seen_at = models.DateTimeField(_("last seen by us"), null=True, blank=True)
    link_failure = models.CharField(_("link could not be opened"), max_length=80, blank=True)
    link_misses = models.PositiveSmallIntegerField(_("not found, times in a row"), default=0)

    objects = DeliverableQuerySet.as_manager()

    class Meta:
        verbose_name = _("deliverable")
        verbose_name_plural = _("deliverables")
        constraints = [
            one_of("state", DeliverableState, name="deliverable_state"),
            models.UniqueConstraint(fields=["contract", "place"], name="deliverable_place"),
            models.CheckConstraint(condition=Q(releases_minor__gte=0), name="deliverable_releases"),
            models.CheckConstraint(condition=Q(rounds_used__lte=F("rounds_allowed")), name="deliverable_rounds"),
            models.CheckConstraint(
                condition=~Q(state__in=["published", "verified"]) | Q(published_at__isnull=False),
                name="deliverable_published",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.state})"

    @property
    def is_public(self) -> bool:
        return self.kind in PUBLIC

    @property
    def is_live(self) -> bool:
        return self.kind == DeliverableKind.LIVE

    @property
    def rounds_left(self) -> int:
        return self.rounds_allowed - self.rounds_used

    @property
    def is_open(self) -> bool:
        return self.state in values(OPEN) and not self.is_done

    @property
    def is_done(self) -> bool:
        """Nothing more is owed: seen by the public and checked, or approved where approval is the end."""
        ends = DeliverableState.VERIFIED if self.is_public else DeliverableState.APPROVED
        return self.state == ends

    @property
    def releases_on(self) -> ReleasesOn:
        return RELEASES_ON[DeliverableKind(self.kind)]

    @property
    def releases(self) -> Money:
        return Money(self.releases_minor, self.contract.currency)

    @property
    def due_at(self) -> datetime:
        """The end of the day on which it is due, where the contract's clock stands; in UTC."""
        zone = ZoneInfo(self.contract.deal.time_zone)
        return datetime.combine(self.due_on, time.max, zone).astimezone(UTC)


class Submission(models.Model):
    """One time that it was handed in, and what the merchant asked to change. Words are never edited afterwards."""

    public_id = PublicIdField(prefix="sub")
    deliverable = models.ForeignKey(Deliverable, on_delete=models.PROTECT, related_name="submissions")
    number = models.PositiveSmallIntegerField(_("number"))
    note = models.TextField(_("words with it"), max_length=2000, blank=True)
    link = models.URLField(_("link"), max_length=500, blank=True)
    files = ArrayField(models.CharField(max_length=40), default=list, blank=True, verbose_name=_("files"))
    by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("handed in"), default=clock.now)
    link_opened_at = models.DateTimeField(_("link opened by us"), null=True, blank=True)
    link_failure = models.CharField(_("link could not be opened"), max_length=80, blank=True)
    asked = models.TextField(_("changes asked for"), max_length=2000, blank=True)
    asked_at = models.DateTimeField(_("asked"), null=True, blank=True)

    class Meta:
        verbose_name = _("submission")
        verbose_name_plural = _("submissions")
        constraints = [models.UniqueConstraint(fields=["deliverable", "number"], name="submission_number")]

    def __str__(self) -> str:
        return f"{self.deliverable_id} #{self.number}"


class Remark(models.Model):
    """A comment on a submission; on a video, at a second of it."""

    database_rights = APPEND

    public_id = PublicIdField(prefix="rmk")
    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="remarks")
    party = models.ForeignKey("accounts.Party", on_delete=models.PROTECT, related_name="+", verbose_name=_("party"))
    by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+", verbose_name=_("by"))
    text = models.TextField(_("text"), max_length=1000)
    at_second = models.PositiveIntegerField(_("at second"), null=True, blank=True)
    at = models.DateTimeField(_("written"), default=clock.now)

    class Meta:
        verbose_name = _("remark")
        verbose_name_plural = _("remarks")
        triggers = APPEND_ONLY

    def __str__(self) -> str:
        return self.text[:40]
