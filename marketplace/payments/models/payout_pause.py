from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from marketplace.core import clock
from marketplace.core.database_roles import APPEND
from marketplace.core.fields import PublicIdField
from marketplace.core.models.event import APPEND_ONLY
from marketplace.payments.models.finance_only import FinanceOnly


class PayoutPause(models.Model):
    """Somebody of finance stopped all payouts of the platform, or let them go on. The row with the highest number
    counts; `number` lets one of two who click at once through."""

    database_rights = APPEND

    public_id = PublicIdField(prefix="pps")
    number = models.PositiveIntegerField(_("number"), unique=True)
    paused = models.BooleanField(_("paused"))
    reason = models.TextField(_("reason"))
    by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("time"), default=clock.now)

    objects = FinanceOnly.as_manager()

    class Meta:
        verbose_name = _("payout pause")
        verbose_name_plural = _("payout pauses")
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="payout_pause_has_a_reason")]
        triggers = APPEND_ONLY

    def __str__(self) -> str:
        return f"{'paused' if self.paused else 'resumed'} {self.at:%Y-%m-%d %H:%M}"
