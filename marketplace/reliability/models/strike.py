from django.db import models
from django.utils.translation import gettext_lazy as _

from marketplace.core import clock
from marketplace.core.database_roles import APPEND
from marketplace.core.models.event import APPEND_ONLY


class Strike(models.Model):
    """An observation that is no longer counted, for whomever it was counted; why, and who decided it. Append-only."""

    database_rights = APPEND

    source = models.CharField(_("what was observed"), max_length=24)
    subject = models.CharField(_("subject"), max_length=40)
    case = models.CharField(_("case"), max_length=40)  # public id of what it was decided in
    reason = models.TextField(_("reason"), max_length=2000)
    by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("struck out"), default=clock.now)

    class Meta:
        verbose_name = _("observation struck out")
        verbose_name_plural = _("observations struck out")
        constraints = [models.UniqueConstraint(fields=["source", "subject"], name="strike_once")]
        triggers = APPEND_ONLY

    def __str__(self) -> str:
        return f"{self.source} {self.subject}"
