from django.db import models
from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from marketplace.contracts.machine import OPEN_DISPUTE, DisputeState
from marketplace.contracts.models.cancellation import Side
from marketplace.contracts.models.contract import Contract
from marketplace.contracts.models.deliverable import Deliverable
from marketplace.core import clock
from marketplace.core.actor import Actor, StaffRole
from marketplace.core.fields import PublicIdField, StateField, one_of
from marketplace.core.machine import values
from marketplace.core.money import Money


class DisputeQuerySet(QuerySet["Dispute"]):
    def visible_to(self, actor: Actor) -> "DisputeQuerySet":
        if StaffRole.OPERATIONS in actor.staff_roles:
            return self
        return self.filter(contract__in=Contract.objects.visible_to(actor))

    def open(self) -> "DisputeQuerySet":
        return self.filter(state__in=OPEN_DISPUTE)


class Dispute(models.Model):
    """The sides disagree about one deliverable: its money and its clocks stand still until it is settled.

    Shares are basis points of the frozen amount for the anchor: `anchor_bp` is what the filer asks, `reply_bp` what the
    other side would accept, `decided_bp` what was decided and can be appealed, `final_bp` what was carried out.
    """

    class Decided(models.TextChoices):
        STAFF = "staff", _("By our staff")
        SILENCE = "silence", _("By silence, for the side that opened it")
        PROPOSAL = "proposal", _("By the clock, as the mediator last proposed")

    class Ended(models.TextChoices):
        AGREED = "agreed", _("Both sides agreed")
        DECIDED = "decided", _("As decided")
        UPHELD = "upheld", _("The appeal changed nothing")
        CHANGED = "changed", _("Changed on appeal")
        OVERTAKEN = "overtaken", _("The contract ended before it was settled")

    public_id = PublicIdField(prefix="dsp")
    contract = models.ForeignKey(
        Contract, on_delete=models.PROTECT, related_name="disputes", verbose_name=_("contract")
    )
    deliverable = models.ForeignKey(
        Deliverable, on_delete=models.PROTECT, related_name="disputes", verbose_name=_("deliverable")
    )
    side = models.CharField(_("opened by"), max_length=8, choices=Side.choices)
    by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+", verbose_name=_("by"))
    amount_minor = models.BigIntegerField(_("frozen, in minor units"))
    anchor_bp = models.PositiveIntegerField(_("asked for the anchor, in basis points"))
    words = models.TextField(_("what happened"), max_length=3000)
    reply = models.TextField(_("the other side’s account"), max_length=3000, blank=True)
    reply_bp = models.PositiveIntegerField(_("the other side’s proposal, in basis points"), null=True, blank=True)
    replied_at = models.DateTimeField(_("answered"), null=True, blank=True)
    state = StateField(default=DisputeState.AWAITING_REPLY)
    opened_at = models.DateTimeField(_("opened"), default=clock.now)
    reply_by = models.DateTimeField(_("answer by"))
    mediate_by = models.DateTimeField(_("mediation ends"), null=True, blank=True)
    decided = models.CharField(_("how it was decided"), max_length=8, choices=Decided.choices, blank=True)
    decided_bp = models.PositiveIntegerField(_("decided for the anchor, in basis points"), null=True, blank=True)
    decision = models.TextField(_("reasons"), max_length=2000, blank=True)
    decided_by = models.ForeignKey(
        "accounts.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("decided by")
    )
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    appeal_by = models.DateTimeField(_("appeal by"), null=True, blank=True)
    merchant_accepted_at = models.DateTimeField(_("accepted by the merchant"), null=True, blank=True)
    anchor_accepted_at = models.DateTimeField(_("accepted by the anchor’s side"), null=True, blank=True)
    settle_by = models.DateTimeField(_("appeal to be settled by"), null=True, blank=True)
    settlement = models.TextField(_("reasons on appeal"), max_length=2000, blank=True)
    settled_by = models.ForeignKey(
        "accounts.User",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("appeal settled by"),
    )
    ended = models.CharField(_("how it ended"), max_length=9, choices=Ended.choices, blank=True)
    final_bp = models.PositiveIntegerField(_("carried out for the anchor, in basis points"), null=True, blank=True)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)

    objects = DisputeQuerySet.as_manager()

    class Meta:
        verbose_name = _("dispute")
        verbose_name_plural = _("disputes")
        constraints = [
            one_of("state", DisputeState, name="dispute_state"),
            models.UniqueConstraint(
                fields=["contract"], condition=Q(state__in=values(OPEN_DISPUTE)), name="dispute_one_open"
            ),
            models.CheckConstraint(condition=Q(amount_minor__gt=0, anchor_bp__lte=10_000), name="dispute_amount"),
            models.CheckConstraint(
                condition=Q(decided="", decided_bp=None)
                | Q(decided="silence", decided_bp__lte=10_000, decided_by=None)
                | Q(decided__in=["staff", "proposal"], decided_bp__lte=10_000, decided_by__isnull=False),
                name="dispute_decided",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["decided", "appealed"]) | (~Q(decided="") & Q(appeal_by__isnull=False)),
                name="dispute_can_be_appealed",
            ),
            models.CheckConstraint(
                condition=Q(ended="", final_bp=None) & ~Q(state="closed")
                | Q(state="closed", ended="overtaken", final_bp=None)
                | Q(state="closed", ended__in=["agreed", "decided", "upheld", "changed"], final_bp__lte=10_000),
                name="dispute_ended",
            ),
            models.CheckConstraint(
                condition=Q(settled_by=None) & ~Q(ended__in=["upheld", "changed"])
                | Q(settled_by__isnull=False, ended__in=["upheld", "changed"]) & ~Q(settled_by=F("decided_by")),
                name="dispute_appeal_by_another",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.contract_id}: {self.state}"

    @property
    def amount(self) -> Money:
        return Money(self.amount_minor, self.contract.currency)

    @property
    def is_overdue(self) -> bool:
        """Our staff have not done in time what they owe."""
        owed_by = {DisputeState.MEDIATION: self.mediate_by, DisputeState.APPEALED: self.settle_by}
        due = owed_by.get(DisputeState(self.state))
        return due is not None and due <= clock.now()

    @property
    def other_side(self) -> Side:
        """Of whoever opened it."""
        return Side.ANCHOR if self.side == Side.MERCHANT else Side.MERCHANT

    def accepted_at(self, side: str):
        """When that side accepted the decision; None while it has not."""
        return self.merchant_accepted_at if side == Side.MERCHANT else self.anchor_accepted_at
