from django.db import models
from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from marketplace.core import clock
from marketplace.core.actor import Actor, StaffRole
from marketplace.core.fields import CurrencyField, PublicIdField, StateField, one_of
from marketplace.core.money import Money
from marketplace.payments.machine import ApprovalState


class ApprovalLimit(models.Model):
    """Above this amount, a money action of the party waits for a second person."""

    party = models.ForeignKey("accounts.Party", on_delete=models.PROTECT, related_name="approval_limits")
    currency = CurrencyField()
    limit_minor = models.BigIntegerField()
    changed_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["party", "currency"], name="approval_limit_once"),
            models.CheckConstraint(condition=Q(limit_minor__gte=0), name="approval_limit_not_negative"),
        ]

    def __str__(self) -> str:
        return str(self.money)

    @property
    def money(self) -> Money:
        return Money(self.limit_minor, self.currency)


class ApprovalQuerySet(QuerySet["Approval"]):
    def visible_to(self, actor: Actor) -> "ApprovalQuerySet":
        """One's own party's; finance staff see all."""
        if StaffRole.FINANCE in actor.staff_roles:
            return self
        return self.filter(party_id=actor.party_id) if actor.party_id else self.none()


class Approval(models.Model):
    """A money action that one person asked for and another must allow. Until then nothing has moved."""

    class Kind(models.TextChoices):
        TOP_UP = "top_up", _("Payment in")
        REFUND = "refund", _("Refund to source")
        CONTRACT = "contract", _("Payment of a contract")
        ROUND = "round", _("Payment of a further round of changes")
        AMENDMENT = "amendment", _("Payment of a changed fee")
        LIMIT = "limit", _("Another limit")

    public_id = PublicIdField(prefix="apv")
    party = models.ForeignKey(
        "accounts.Party", on_delete=models.PROTECT, related_name="approvals", verbose_name=_("party")
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    amount_minor = models.BigIntegerField(_("amount in minor units"))
    currency = CurrencyField()
    payload = models.JSONField(_("details"), default=dict)
    state = StateField(default=ApprovalState.ASKED)
    asked_by = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, related_name="+", verbose_name=_("asked by")
    )
    decided_by = models.ForeignKey(
        "accounts.User", null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("decided by")
    )
    created_at = models.DateTimeField(_("created"), default=clock.now)
    expires_at = models.DateTimeField(_("lapses"))
    decided_at = models.DateTimeField(_("decided"), null=True)
    result = models.CharField(_("what came of it"), max_length=40, blank=True)

    objects = ApprovalQuerySet.as_manager()

    class Meta:
        verbose_name = _("approval")
        verbose_name_plural = _("approvals")
        constraints = [
            one_of("state", ApprovalState, name="approval_state"),
            models.CheckConstraint(
                condition=~Q(state=ApprovalState.APPROVED) | Q(decided_by__isnull=False) & ~Q(decided_by=F("asked_by")),
                name="approval_by_a_second_person",
            ),
        ]
        indexes = [
            models.Index(fields=["party", "-id"], name="approval_by_party"),
            models.Index(fields=["party"], name="approval_open", condition=Q(state=ApprovalState.ASKED)),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.money} {self.state}"

    @property
    def money(self) -> Money:
        return Money(self.amount_minor, self.currency)
