"""A provider's statement as we last read it: a copy to compare with, in which nothing is ever put right."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from marketplace.core.fields import CurrencyField


class StatementLineRow(models.Model):
    """One line. `read_in` is the run that last saw it; one that a whole reading no longer saw is `gone`."""

    provider = models.CharField(_("provider"), max_length=20)
    line = models.CharField(_("line"), max_length=80)
    kind = models.CharField(_("kind"), max_length=20)
    subject = models.CharField(_("subject"), max_length=80)
    reference = models.CharField(_("reference"), max_length=200)
    payee = models.CharField(_("the provider's payee"), max_length=80, blank=True)
    amount_minor = models.BigIntegerField(_("amount in minor units"))
    currency = CurrencyField()
    posted_at = models.DateTimeField(_("posted"))
    gone = models.BooleanField(_("no longer there"), default=False)
    read_in = models.ForeignKey(
        "payments.ReconciliationRun", on_delete=models.PROTECT, related_name="lines", verbose_name=_("read in")
    )

    class Meta:
        verbose_name = _("line of a statement")
        verbose_name_plural = _("lines of statements")
        constraints = [models.UniqueConstraint(fields=["provider", "line"], name="statement_line_once")]
        indexes = [models.Index(fields=["provider", "kind", "reference"], name="statement_line_by_reference")]

    def __str__(self) -> str:
        return f"{self.kind} {self.reference}"


class StatementBalance(models.Model):
    """What stands on an account at the provider: the platform's (`payee` is empty) or a payee's."""

    provider = models.CharField(_("provider"), max_length=20)
    payee = models.CharField(_("the provider's payee"), max_length=80, blank=True)
    amount_minor = models.BigIntegerField(_("amount in minor units"))
    currency = CurrencyField()
    read_in = models.ForeignKey(
        "payments.ReconciliationRun", on_delete=models.PROTECT, related_name="balances", verbose_name=_("read in")
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["provider", "payee", "currency"], name="statement_balance_once")]

    def __str__(self) -> str:
        return f"{self.provider} {self.payee} {self.currency}"
