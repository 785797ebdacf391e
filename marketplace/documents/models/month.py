from django.db import models
from django.utils.translation import gettext_lazy as _

from marketplace.core import clock
from marketplace.core.database_roles import APPEND
from marketplace.core.models.event import APPEND_ONLY


class ClosedMonth(models.Model):
    """A month of which every invoice and statement is issued; the books and the documents agree about it."""

    database_rights = APPEND

    first = models.DateField(_("month"), unique=True)
    at = models.DateTimeField(_("closed"), default=clock.now)

    class Meta:
        verbose_name = _("closed month")
        verbose_name_plural = _("closed months")
        constraints = [models.CheckConstraint(condition=models.Q(first__day=1), name="closed_month_first_day")]
        triggers = APPEND_ONLY

    def __str__(self) -> str:
        return f"{self.first:%Y-%m}"
