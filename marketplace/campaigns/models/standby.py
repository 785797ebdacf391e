from django.db import models
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from marketplace.campaigns.machine import StandbyCallState
from marketplace.campaigns.models.application import Application
from marketplace.campaigns.models.v_task import VTask
from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.core.fields import CurrencyField, PublicIdField, StateField, one_of
from marketplace.core.money import Money


class Standby(models.Model):
    """A place on the bench of a V task: who is asked, in which order and for at most how much, when an anchor does not
    come to her live.
    """

    task = models.ForeignKey(VTask, on_delete=models.PROTECT, related_name="bench", verbose_name=_("V task"))
    application = models.OneToOneField(
        Application, on_delete=models.PROTECT, related_name="standby", verbose_name=_("application")
    )
    rank = models.PositiveSmallIntegerField(_("rank"))
    cap_minor = models.BigIntegerField(_("at most, in minor units"))
    put_at = models.DateTimeField(_("since"), default=clock.now)

    class Meta:
        verbose_name = _("place on the bench")
        verbose_name_plural = _("places on the bench")
        constraints = [
            models.UniqueConstraint(
                fields=["task", "rank"], name="standby_rank", deferrable=models.Deferrable.DEFERRED
            ),
            models.CheckConstraint(condition=Q(cap_minor__gte=0), name="standby_cap"),
        ]

    def __str__(self) -> str:
        return f"{self.rank}. {self.application}"

    @property
    def cap(self) -> Money:
        return Money(self.cap_minor, self.task.currency)

    @property
    def offered_minor(self) -> int:
        """What she is asked for: her own quote where it lies within the cap, otherwise the cap."""
        quote = self.application.quote_minor
        return self.cap_minor if not quote else min(quote, self.cap_minor)


class StandbyCallQuerySet(QuerySet["StandbyCall"]):
    def visible_to(self, actor: Actor) -> "StandbyCallQuerySet":
        return self.filter(application__in=Application.objects.visible_to(actor))


class StandbyCall(models.Model):
    """One replacement is asked to take a live over, and has half an hour to say yes; then the next one is asked.

    `contract` and `absence` are public ids: whose seat, and why.
    """

    public_id = PublicIdField(prefix="sbc")
    application = models.ForeignKey(
        Application, on_delete=models.PROTECT, related_name="calls", verbose_name=_("application")
    )
    contract = models.CharField(_("contract"), max_length=40)
    absence = models.CharField(_("absence"), max_length=40)
    fee_minor = models.BigIntegerField(_("fee in minor units"))
    currency = CurrencyField()
    again_on = models.DateField(_("again on"))
    state = StateField(default=StandbyCallState.OPEN)
    called_at = models.DateTimeField(_("asked"), default=clock.now)
    answer_by = models.DateTimeField(_("answer by"))
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)

    objects = StandbyCallQuerySet.as_manager()

    class Meta:
        verbose_name = _("call from the bench")
        verbose_name_plural = _("calls from the bench")
        constraints = [
            one_of("state", StandbyCallState, name="standby_call_state"),
            models.UniqueConstraint(fields=["absence", "application"], name="standby_call_once"),
            models.UniqueConstraint(
                fields=["absence"], condition=Q(state=StandbyCallState.OPEN), name="standby_call_one_open"
            ),
        ]
        indexes = [models.Index(fields=["application", "-id"], name="standby_call_by_application")]

    def __str__(self) -> str:
        return f"{self.application} ({self.state})"

    @property
    def fee(self) -> Money:
        return Money(self.fee_minor, self.currency)
