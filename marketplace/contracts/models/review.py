from collections.abc import Iterator

import pgtrigger
from django.db import models
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from marketplace.contracts.machine import ReviewState
from marketplace.contracts.models.cancellation import Side
from marketplace.contracts.models.contract import Contract
from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.core.fields import PublicIdField, StateField, one_of
from marketplace.core.machine import values

STARS = range(1, 6)
# What stars are given for, whichever side gives them.
ASPECTS = {"substance": _("As agreed"), "time": _("In time"), "manner": _("Working together")}


class ReviewQuerySet(QuerySet["Review"]):
    def published(self) -> "ReviewQuerySet":
        return self.filter(state=ReviewState.PUBLISHED)

    def visible_to(self, actor: Actor) -> "ReviewQuerySet":
        """What is published is everybody's; what is not is read by its own side alone."""
        if actor.party_id is None:
            return self.published()
        mine = Q(contract__merchant=actor.party_id, side=Side.MERCHANT) | Q(side=Side.ANCHOR) & (
            Q(contract__anchor=actor.party_id) | Q(contract__agency=actor.party_id)
        )
        return self.filter(Q(state=ReviewState.PUBLISHED) | mine)


class Review(models.Model):
    """What one side of a contract that has ended says of the other, not knowing what the other says (double-blind).

    `side` writes, `party` is whom it is about: the anchor, or the merchant. Stars from 1 to 5 for what was delivered or
    asked, for time, and for the manner of working together.
    """

    public_id = PublicIdField(prefix="rvw")
    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="reviews", verbose_name=_("contract"))
    side = models.CharField(_("written by"), max_length=8, choices=Side.choices)
    party = models.ForeignKey(
        "accounts.Party", on_delete=models.PROTECT, related_name="+", verbose_name=_("about whom")
    )
    state = StateField(default=ReviewState.OPEN)
    opened_at = models.DateTimeField(_("opened"), default=clock.now)
    write_by = models.DateTimeField(_("write by"))
    by = models.ForeignKey(
        "accounts.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("by")
    )
    substance = models.PositiveSmallIntegerField(_("as agreed"), null=True, blank=True)
    time = models.PositiveSmallIntegerField(_("in time"), null=True, blank=True)
    manner = models.PositiveSmallIntegerField(_("working together"), null=True, blank=True)
    words = models.TextField(_("words"), max_length=2000, blank=True)
    written_at = models.DateTimeField(_("written"), null=True, blank=True)
    published_at = models.DateTimeField(_("published"), null=True, blank=True)
    answer = models.TextField(_("answer"), max_length=1000, blank=True)
    answered_by = models.ForeignKey(
        "accounts.User",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("answered by"),
    )
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)

    objects = ReviewQuerySet.as_manager()

    class Meta:
        verbose_name = _("review")
        verbose_name_plural = _("reviews")
        constraints = [
            one_of("state", ReviewState, name="review_state"),
            models.UniqueConstraint(fields=["contract", "side"], name="review_once"),
            models.CheckConstraint(
                condition=Q(state__in=values([ReviewState.OPEN, ReviewState.LAPSED]), words="", written_at=None)
                | Q(written_at__isnull=False, by__isnull=False, **{f"{name}__range": (1, 5) for name in ASPECTS})
                & ~Q(words=""),
                name="review_written",
            ),
            models.CheckConstraint(condition=Q(answer="") | Q(state="published"), name="review_answer"),
        ]
        indexes = [models.Index(fields=["party", "-published_at"], name="review_about", condition=Q(state="published"))]
        triggers = [
            pgtrigger.Protect(
                name="never_edited",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__written_at__isnull=False)
                & (
                    pgtrigger.Q(old__words__df=pgtrigger.F("new__words"))
                    | pgtrigger.Q(old__substance__df=pgtrigger.F("new__substance"))
                    | pgtrigger.Q(old__time__df=pgtrigger.F("new__time"))
                    | pgtrigger.Q(old__manner__df=pgtrigger.F("new__manner"))
                    | ~pgtrigger.Q(old__answer="") & pgtrigger.Q(old__answer__df=pgtrigger.F("new__answer"))
                ),
            )
        ]

    def __str__(self) -> str:
        return f"{self.contract_id}: {self.side} {self.state}"

    @property
    def is_published(self) -> bool:
        return self.state == ReviewState.PUBLISHED

    @property
    def stars(self) -> Iterator[tuple[str, int]]:
        for name in ASPECTS:
            yield name, getattr(self, name)
