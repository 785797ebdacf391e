from collections.abc import Callable
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from marketplace.accounts.categories import Category
from marketplace.accounts.platforms import Platform
from marketplace.accounts.regions import Region
from marketplace.accounts.spoken import Spoken
from marketplace.campaigns.eligibility import Asked
from marketplace.campaigns.machine import VTaskState
from marketplace.contracts.documents import LANGUAGES
from marketplace.contracts.terms import DealTerms, DeliverableTerms, PriceModel, price_of_a_round
from marketplace.core import clock
from marketplace.core.actor import Actor, StaffRole
from marketplace.core.fields import CurrencyField, PublicIdField, StateField, one_of
from marketplace.core.money import Money
from marketplace.core.search import search_document


class Form(models.TextChoices):
    LIVE_SEGMENT = "live_segment", _("Live segment")
    WHOLE_LIVE = "whole_live", _("Whole live")
    VIDEO = "video", _("Video")
    IMAGE_TEXT = "image_text", _("Image and text")


LIVE = frozenset({Form.LIVE_SEGMENT, Form.WHOLE_LIVE})
# In the words of a representation's scope.
SCOPE_OF = {Form.LIVE_SEGMENT: "live", Form.WHOLE_LIVE: "live", Form.VIDEO: "video", Form.IMAGE_TEXT: "image_text"}


class Mode(models.TextChoices):
    ASSIGNED = "assigned", _("You choose")
    OPEN_CALL = "open_call", _("Open call")
    OPEN_SUBMISSION = "open_submission", _("Open submission")


class PriceModelChoice(models.TextChoices):
    FIXED = PriceModel.FIXED.value, _("Fixed fee")
    QUOTE_RANGE = PriceModel.QUOTE_RANGE.value, _("Quotes in a range")
    FEE_CPS = PriceModel.FEE_CPS.value, _("Fee and commission")
    CPS = PriceModel.CPS.value, _("Commission only")
    BARTER = PriceModel.BARTER.value, _("Product only")
    MILESTONES = PriceModel.MILESTONES.value, _("Milestones")


class VTaskQuerySet(QuerySet["VTask"]):
    def visible_to(self, actor: Actor) -> "VTaskQuerySet":
        """Open ones are for everybody; others for their merchant, for whoever is a candidate, and for staff."""
        if actor.staff_roles & {StaffRole.OPERATIONS, StaffRole.COMPLIANCE}:
            return self
        if actor.party_id is None:
            return self.public()
        candidate = Q(applications__anchor_id=actor.party_id) | Q(applications__by_party_id=actor.party_id)
        ids = self.model.objects.filter(candidate).values("pk")
        return self.filter(Q(state=VTaskState.OPEN) | Q(party_id=actor.party_id) | Q(pk__in=ids))

    def public(self) -> "VTaskQuerySet":
        return self.filter(state=VTaskState.OPEN)

    def of(self, actor: Actor) -> "VTaskQuerySet":
        """Those that the actor's party has posted."""
        return self.filter(party_id=actor.party_id) if actor.party_id else self.none()


# What the hall filters by. With these in an index beside the order a page is found in the index alone, fifty tasks
# a block, and no rows are read but its own.
FILTERED = (
    *("category", "form", "mode", "platforms", "regions", "languages"),
    *("currency", "fee_max_minor", "publish_from", "publish_until", "reserved_minor"),
)


class VTask(models.Model):
    """One sponsored job: brief, form, seats, price, window. Money in minor units, shares in basis points."""

    public_id = PublicIdField(prefix="vtk")
    party = models.ForeignKey(
        "accounts.Party", on_delete=models.PROTECT, related_name="v_tasks", verbose_name=_("party")
    )
    campaign = models.ForeignKey(
        "campaigns.Campaign", null=True, blank=True, on_delete=models.PROTECT, verbose_name=_("campaign")
    )
    merchant_name = models.CharField(
        _("merchant"), max_length=80
    )  # as it was when the task opened; searched with the rest

    # What it is
    title = models.CharField(_("Title"), max_length=80, blank=True)
    form = models.CharField(_("Form"), max_length=16, choices=Form.choices, blank=True)
    mode = models.CharField(_("How anchors come"), max_length=16, choices=Mode.choices, default=Mode.OPEN_CALL)
    category = models.CharField(_("Category"), max_length=12, choices=Category.choices, blank=True)
    picture = models.CharField(_("picture"), max_length=40, blank=True)  # public id of a media asset

    # The brief
    goal = models.TextField(_("What it should achieve"), max_length=1200, blank=True)
    audience = models.CharField(_("Whom it should reach"), max_length=200, blank=True)
    selling_points = models.TextField(_("Selling points"), max_length=1200, blank=True)
    do = models.TextField(_("Do"), max_length=1200, blank=True)
    avoid = models.TextField(_("Don’t"), max_length=1200, blank=True)
    references = models.TextField(_("References"), max_length=1200, blank=True)
    mandatory_words = models.CharField(_("Words that must appear"), max_length=200, blank=True)
    disclosure = models.CharField(_("Disclosure"), max_length=120, blank=True)
    platforms = ArrayField(
        models.CharField(max_length=12, choices=Platform.choices), default=list, blank=True, verbose_name=_("Platforms")
    )
    samples = models.CharField(_("Samples"), max_length=200, blank=True)

    # When, and what is owed
    apply_by = models.DateField(_("Apply by"), null=True, blank=True)
    publish_from = models.DateField(_("Published from"), null=True, blank=True)
    publish_until = models.DateField(_("Published until"), null=True, blank=True)
    live_start = models.DateTimeField(_("Live from"), null=True, blank=True)
    live_minutes = models.PositiveSmallIntegerField(_("Minutes live"), null=True, blank=True)
    room_link = models.URLField(_("Room"), max_length=300, blank=True)
    deliverables = models.JSONField(_("deliverables"), default=list, blank=True)  # [{kind, title, due_on, share_bp}]
    revision_rounds = models.PositiveSmallIntegerField(_("Rounds of changes"), default=2)
    review_days = models.PositiveSmallIntegerField(_("Business days to review"), default=3)
    stay_up_days = models.PositiveSmallIntegerField(_("Days that it stays up"), default=30)

    # The price
    seats = models.PositiveSmallIntegerField(_("Seats"), default=1)
    seats_taken = models.PositiveSmallIntegerField(_("seats taken"), default=0)
    price_model = models.CharField(
        _("Price"), max_length=12, choices=PriceModelChoice.choices, default=PriceModelChoice.FIXED
    )
    currency = CurrencyField(default="CNY", verbose_name=_("Currency"))
    fee_minor = models.BigIntegerField(_("fee in minor units"), default=0)
    fee_max_minor = models.BigIntegerField(
        _("highest fee in minor units"), default=0
    )  # of a quote range; otherwise the same as the fee
    cps_bp = models.PositiveIntegerField(_("commission in basis points"), default=0)
    gift = models.CharField(_("What the anchor receives"), max_length=200, blank=True)
    holdback_bp = models.PositiveIntegerField(_("kept back, in basis points"), default=0)
    reserved_minor = models.BigIntegerField(_("reserved, in minor units"), default=0)

    # For whom
    min_followers = models.PositiveIntegerField(_("Followers, at least"), default=0)
    regions = ArrayField(
        models.CharField(max_length=16, choices=Region.choices), default=list, blank=True, verbose_name=_("Regions")
    )
    languages = ArrayField(
        models.CharField(max_length=3, choices=Spoken.choices), default=list, blank=True, verbose_name=_("Languages")
    )
    same_category = models.BooleanField(_("Shows this category already"), default=False)
    verified_channel = models.BooleanField(_("Has a verified channel"), default=False)

    # Rights
    rights_where = models.CharField(_("Use by the merchant"), max_length=160, blank=True)
    rights_months = models.PositiveSmallIntegerField(_("Months of use"), default=6)
    paid_use = models.BooleanField(_("Paid advertising"), default=False)
    governing_language = models.CharField(_("The contract’s language"), max_length=10, default="zh-hans")

    # Its life
    state = StateField(default=VTaskState.DRAFT)
    review_hits = models.JSONField(_("what the review found"), default=list, blank=True)
    review_words = models.CharField(_("what must change"), max_length=500, blank=True)
    reviewed_by_person = models.BooleanField(_("looked at by a person"), default=False)
    created_by = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, related_name="+", verbose_name=_("written by")
    )
    created_at = models.DateTimeField(_("created"), default=clock.now)
    updated_at = models.DateTimeField(_("changed"), default=clock.now)
    submitted_at = models.DateTimeField(_("handed in"), null=True, blank=True)
    opened_at = models.DateTimeField(_("opened"), null=True, blank=True)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)
    search = search_document("title", "merchant_name", "goal", "selling_points", "audience")

    objects = VTaskQuerySet.as_manager()

    class Meta:
        verbose_name = _("V task")
        verbose_name_plural = _("V tasks")
        constraints = [
            one_of("state", VTaskState, name="v_task_state"),
            models.CheckConstraint(condition=Q(seats_taken__lte=F("seats")), name="v_task_not_oversold"),
            models.CheckConstraint(condition=Q(seats__gte=1), name="v_task_has_a_seat"),
            models.CheckConstraint(condition=Q(fee_minor__gte=0, fee_max_minor__gte=F("fee_minor")), name="v_task_fee"),
            models.CheckConstraint(condition=Q(reserved_minor__gte=0), name="v_task_reserved"),
            models.CheckConstraint(
                condition=~Q(state=VTaskState.OPEN) | Q(opened_at__isnull=False, apply_by__isnull=False),
                name="v_task_open_since",
            ),
        ]
        indexes = [
            models.Index(
                fields=["-opened_at", "-id"], name="v_task_newest", condition=Q(state="open"), include=FILTERED
            ),
            models.Index(fields=["apply_by", "id"], name="v_task_closing", condition=Q(state="open")),
            models.Index(fields=["-fee_max_minor", "-id"], name="v_task_fee_order", condition=Q(state="open")),
            models.Index(
                fields=["category", "-opened_at", "-id"],
                name="v_task_category",
                condition=Q(state="open"),
                include=[column for column in FILTERED if column != "category"],
            ),
            GinIndex(fields=["search"], name="v_task_search", condition=Q(state="open")),
            models.Index(fields=["party", "-id"], name="v_task_by_party"),
            models.Index(fields=["submitted_at"], name="v_task_queue", condition=Q(state="in_review")),
        ]

    def __str__(self) -> str:
        return self.title or self.public_id

    @property
    def is_live(self) -> bool:
        return self.form in LIVE

    @property
    def seats_left(self) -> int:
        return self.seats - self.seats_taken

    @property
    def has_fee(self) -> bool:
        return self.price_model not in {PriceModelChoice.CPS, PriceModelChoice.BARTER}

    @property
    def fee(self) -> Money:
        return Money(self.fee_minor, self.currency)

    @property
    def fee_max(self) -> Money:
        return Money(self.fee_max_minor, self.currency)

    @property
    def is_funded(self) -> bool:
        """The whole budget is set aside in the ledger."""
        return self.reserved_minor > 0

    @property
    def scope(self) -> str:
        return SCOPE_OF[Form(self.form)]

    @property
    def asked(self) -> Asked:
        return Asked(
            min_followers=self.min_followers,
            categories=[self.category] if self.same_category else [],
            regions=self.regions,
            languages=self.languages,
            platforms=self.platforms,
            verified_channel=self.verified_channel,
        )

    @property
    def brief(self) -> dict[str, str | dict[str, str]]:
        """What goes into the contract, by the codes of `contracts.wording.BRIEF`; empty parts are left out.

        What we say ourselves is there in each language of the contract, what the merchant wrote as she wrote it.
        """
        said = {
            "form": in_each_language(lambda: str(self.get_form_display())),
            "platforms": in_each_language(lambda: ", ".join(str(Platform(one).label) for one in self.platforms)),
            "goal": self.goal,
            "products": "\n".join(one.said for one in self.products.all()),
            "audience": self.audience,
            "selling_points": self.selling_points,
            "do": self.do,
            "avoid": self.avoid,
            "references": self.references,
            "mandatory_words": self.mandatory_words,
            "live_start": self._said_start(),
            "live_minutes": str(self.live_minutes or ""),
            "room_link": self.room_link,
        }
        return {code: text for code, text in said.items() if text and (isinstance(text, dict) or text.strip())}

    def _said_start(self) -> str:
        if self.live_start is None:
            return ""
        local = self.live_start.astimezone(ZoneInfo(self.party.time_zone))
        return f"{local:%Y-%m-%d %H:%M} ({self.party.time_zone})"

    def deal(self, *, fee_minor: int | None = None, cps_bp: int | None = None) -> DealTerms:
        """The terms that the task sets; an offer may change fee and commission from the start."""
        fee = self.fee_minor if fee_minor is None else fee_minor
        return DealTerms(
            price_model=self.price_model,
            currency=self.currency,
            fee_minor=fee,
            cps_bp=self.cps_bp if cps_bp is None else cps_bp,
            gift=self.gift,
            deliverables=tuple(
                DeliverableTerms(**(one | {"due_on": date.fromisoformat(one["due_on"])})) for one in self.deliverables
            ),
            publish_from=self.publish_from,
            publish_until=self.publish_until,
            revision_rounds=self.revision_rounds,
            extra_round_minor=price_of_a_round(fee, self.currency),
            review_days=self.review_days,
            stay_up_days=self.stay_up_days,
            holdback_bp=self.holdback_bp,
            rights_where=self.rights_where,
            rights_months=self.rights_months,
            paid_use=self.paid_use,
            samples=self.samples,
            disclosure=self.disclosure,
            time_zone=self.party.time_zone,
        )

    @property
    def closes_on(self) -> date:
        """The first day on which nobody can apply any more."""
        return self.apply_by + timedelta(days=1)


def in_each_language(say: Callable[[], str]) -> dict[str, str]:
    """Language → words, for the languages in which contracts are written."""
    found = {}
    for language in LANGUAGES:
        with override(language):
            found[language] = say()
    return found
