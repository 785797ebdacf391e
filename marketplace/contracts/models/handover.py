from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from marketplace.contracts.machine import HandoverState
from marketplace.contracts.models.absence import Absence
from marketplace.contracts.models.amendment import Amendment
from marketplace.contracts.models.contract import Contract
from marketplace.core import clock
from marketplace.core.fields import StateField, one_of
from marketplace.core.money import Money


class Handover(models.Model):
    """Another anchor takes a seat over: what is left of one contract becomes another one, and its funds go with it.

    Either the sides agreed on it, by an amendment, or the anchor was absent at a live. It is ready when the first
    contract lets go (`agreed_at`) and the second is signed by all; then both change in one transaction.
    """

    contract = models.ForeignKey(
        Contract, on_delete=models.PROTECT, related_name="handovers", verbose_name=_("contract")
    )
    successor = models.OneToOneField(
        Contract, on_delete=models.PROTECT, related_name="taken_over", verbose_name=_("contract that takes over")
    )
    amendment = models.OneToOneField(
        Amendment, null=True, on_delete=models.PROTECT, related_name="handover", verbose_name=_("amendment")
    )
    absence = models.ForeignKey(
        Absence, null=True, on_delete=models.PROTECT, related_name="handovers", verbose_name=_("absence")
    )
    state = StateField(default=HandoverState.WAITING)
    agreed_at = models.DateTimeField(_("let go"), null=True, blank=True)
    moved_minor = models.BigIntegerField(_("moved, in minor units"), default=0)
    opened_at = models.DateTimeField(_("opened"), default=clock.now)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)

    class Meta:
        verbose_name = _("handover")
        verbose_name_plural = _("handovers")
        constraints = [
            one_of("state", HandoverState, name="handover_state"),
            models.UniqueConstraint(
                fields=["contract"], condition=Q(state=HandoverState.WAITING), name="handover_one_waiting"
            ),
            models.UniqueConstraint(fields=["contract"], condition=Q(state=HandoverState.DONE), name="handover_once"),
            models.CheckConstraint(
                condition=Q(amendment=None, absence__isnull=False) | Q(amendment__isnull=False, absence=None),
                name="handover_has_one_reason",
            ),
            models.CheckConstraint(
                condition=Q(moved_minor__gte=0) & (Q(moved_minor=0) | Q(state=HandoverState.DONE)),
                name="handover_moves_when_done",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.contract.number} → {self.successor.number}"

    @property
    def moved(self) -> Money:
        return Money(self.moved_minor, self.contract.currency)
