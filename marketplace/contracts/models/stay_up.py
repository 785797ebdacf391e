from django.db import models
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from marketplace.contracts.machine import StayUpState
from marketplace.contracts.models.deliverable import Deliverable
from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.core.fields import PublicIdField, StateField, one_of


class StayUpQuestionQuerySet(QuerySet["StayUpQuestion"]):
    def visible_to(self, actor: Actor) -> "StayUpQuestionQuerySet":
        return self.filter(deliverable__in=Deliverable.objects.visible_to(actor))


class StayUpQuestion(models.Model):
    """What was verified was not found where it should be, and the anchor is asked. Nothing follows by itself."""

    public_id = PublicIdField(prefix="suq")
    deliverable = models.ForeignKey(
        Deliverable, on_delete=models.PROTECT, related_name="stay_up_questions", verbose_name=_("deliverable")
    )
    failure = models.CharField(_("what was found"), max_length=80)
    state = StateField(default=StayUpState.OPEN)
    asked_at = models.DateTimeField(_("asked"), default=clock.now)
    answer_by = models.DateTimeField(_("answer by"))
    words = models.TextField(_("answer"), max_length=2000, blank=True)
    by = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("by")
    )
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)

    objects = StayUpQuestionQuerySet.as_manager()

    class Meta:
        verbose_name = _("question about what stays up")
        verbose_name_plural = _("questions about what stays up")
        constraints = [
            one_of("state", StayUpState, name="stay_up_question_state"),
            models.UniqueConstraint(fields=["deliverable"], condition=Q(state="open"), name="stay_up_one_open"),
            models.CheckConstraint(condition=~Q(state="answered") | ~Q(words=""), name="stay_up_question_answer"),
        ]

    def __str__(self) -> str:
        return f"{self.deliverable_id}: {self.state}"
