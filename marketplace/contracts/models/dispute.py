from django.db import models
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from marketplace.contracts.machine import DisputeState
from marketplace.contracts.models.cancellation import Side
from marketplace.contracts.models.contract import Contract
from marketplace.contracts.models.deliverable import Deliverable
from marketplace.core import clock
from marketplace.core.actor import Actor, StaffRole
from marketplace.core.fields import PublicIdField, StateField, one_of
from marketplace.core.money import Money


class DisputeQuerySet(QuerySet["Dispute"]):
    def visible_to(self, actor: Actor) -> "DisputeQuerySet":
        if StaffRole.OPERATIONS in actor.staff_roles:
            return self
        return self.filter(contract__in=Contract.objects.visible_to(actor))

    def open(self) -> "DisputeQuerySet":
        return self.filter(state__in=[DisputeState.AWAITING_REPLY, DisputeState.IN_DECISION])


class Dispute(models.Model):
    """The sides disagree about one deliverable: its money and its clocks stand still until it is settled.

    `anchor_bp` is the share of the frozen amount that the filer asks for the anchor; `decided_bp` what staff decided.
    """

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
    decided_bp = models.PositiveIntegerField(_("decided for the anchor, in basis points"), null=True, blank=True)
    decision = models.TextField(_("reasons"), max_length=2000, blank=True)
    decided_by = models.ForeignKey(
        "accounts.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("decided by")
    )
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)

    objects = DisputeQuerySet.as_manager()

    class Meta:
        verbose_name = _("dispute")
        verbose_name_plural = _("disputes")
        constraints = [
            one_of("state", DisputeState, name="dispute_state"),
            models.UniqueConstraint(
                fields=["contract"], condition=Q(state__in=["awaiting_reply", "in_decision"]), name="dispute_one_open"
            ),
            models.CheckConstraint(condition=Q(amount_minor__gt=0, anchor_bp__lte=10_000), name="dispute_amount"),
            models.CheckConstraint(
                condition=~Q(state="decided") | Q(decided_bp__lte=10_000, decided_by__isnull=False),
                name="dispute_decided",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.contract_id}: {self.state}"

    @property
    def amount(self) -> Money:
        return Money(self.amount_minor, self.contract.currency)
