from django.db import models
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from marketplace.contracts.machine import AbsenceState
from marketplace.contracts.models.contract import Contract
from marketplace.contracts.models.deliverable import Deliverable
from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.core.fields import PublicIdField, StateField, one_of


class AbsenceQuerySet(QuerySet["Absence"]):
    def visible_to(self, actor: Actor) -> "AbsenceQuerySet":
        return self.filter(deliverable__contract__in=Contract.objects.visible_to(actor))


class Absence(models.Model):
    """The merchant says that the anchor did not come to a live. She has half an hour to say otherwise; then it stands.

    `again_on`: when the live would take place with another anchor.
    """

    public_id = PublicIdField(prefix="abs")
    deliverable = models.ForeignKey(
        Deliverable, on_delete=models.PROTECT, related_name="absences", verbose_name=_("deliverable")
    )
    words = models.TextField(_("words"), max_length=1000)
    again_on = models.DateField(_("again on"))
    by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+", verbose_name=_("by"))
    state = StateField(default=AbsenceState.REPORTED)
    reported_at = models.DateTimeField(_("reported"), default=clock.now)
    answer_by = models.DateTimeField(_("answer by"))
    answer = models.TextField(_("answer"), max_length=1000, blank=True)
    stands_since = models.DateTimeField(_("stands since"), null=True, blank=True)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)

    objects = AbsenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("absence")
        verbose_name_plural = _("absences")
        constraints = [
            one_of("state", AbsenceState, name="absence_state"),
            models.UniqueConstraint(
                fields=["deliverable"],
                condition=Q(state__in=["reported", "stands"]),
                name="absence_one_open",
            ),
            models.CheckConstraint(
                condition=~Q(state="stands") | Q(stands_since__isnull=False), name="absence_stands_since"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.deliverable.title} ({self.state})"
