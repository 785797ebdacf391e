"""What is said in a dispute: splits that are proposed, and appeals. Nothing of it is edited afterwards."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from marketplace.contracts.machine import ProposalState
from marketplace.contracts.models.cancellation import Side
from marketplace.contracts.models.dispute import Dispute
from marketplace.core import clock
from marketplace.core.fields import PublicIdField, StateField, one_of

MEDIATOR = "mediator"


class DisputeProposal(models.Model):
    """How the frozen amount could be split: `anchor_bp` basis points of it for the anchor's side.

    What comes with an account of the dispute has no words of its own. Of a side the other accepts; of the mediator
    both do, until `answer_by`.
    """

    class Proposer(models.TextChoices):
        MERCHANT = Side.MERCHANT.value, Side.MERCHANT.label
        ANCHOR = Side.ANCHOR.value, Side.ANCHOR.label
        MEDIATOR = MEDIATOR, _("Mediator")

    public_id = PublicIdField(prefix="dpp")
    dispute = models.ForeignKey(Dispute, on_delete=models.PROTECT, related_name="proposals", verbose_name=_("dispute"))
    side = models.CharField(_("proposed by"), max_length=8, choices=Proposer.choices)
    by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+", verbose_name=_("by"))
    anchor_bp = models.PositiveIntegerField(_("for the anchor, in basis points"))
    words = models.TextField(_("words"), max_length=2000, blank=True)
    state = StateField(default=ProposalState.STANDING)
    made_at = models.DateTimeField(_("proposed"), default=clock.now)
    answer_by = models.DateTimeField(_("answer by"), null=True, blank=True)
    merchant_accepted_at = models.DateTimeField(_("accepted by the merchant"), null=True, blank=True)
    anchor_accepted_at = models.DateTimeField(_("accepted by the anchor’s side"), null=True, blank=True)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)

    class Meta:
        verbose_name = _("proposed split")
        verbose_name_plural = _("proposed splits")
        constraints = [
            one_of("state", ProposalState, name="dispute_proposal_state"),
            models.UniqueConstraint(
                fields=["dispute", "side"], condition=Q(state="standing"), name="dispute_proposal_one_standing"
            ),
            models.CheckConstraint(condition=Q(anchor_bp__lte=10_000), name="dispute_proposal_share"),
            models.CheckConstraint(
                condition=~Q(side=MEDIATOR) | Q(answer_by__isnull=False), name="dispute_proposal_answer_by"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dispute_id}: {self.side} {self.anchor_bp}"

    @property
    def is_mediators(self) -> bool:
        return self.side == MEDIATOR

    @property
    def is_standing(self) -> bool:
        return self.state == ProposalState.STANDING

    def accepted_at(self, side: str):
        """When that side accepted it; None while it has not."""
        return self.merchant_accepted_at if side == Side.MERCHANT else self.anchor_accepted_at


class DisputeAppeal(models.Model):
    """A side does not accept the decision, and says why; once."""

    dispute = models.ForeignKey(Dispute, on_delete=models.PROTECT, related_name="appeals", verbose_name=_("dispute"))
    side = models.CharField(_("appealed by"), max_length=8, choices=Side.choices)
    by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+", verbose_name=_("by"))
    words = models.TextField(_("why"), max_length=3000)
    at = models.DateTimeField(_("appealed"), default=clock.now)

    class Meta:
        verbose_name = _("appeal")
        verbose_name_plural = _("appeals")
        constraints = [models.UniqueConstraint(fields=["dispute", "side"], name="dispute_appeal_once")]

    def __str__(self) -> str:
        return f"{self.dispute_id}: {self.side}"
