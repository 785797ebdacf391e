from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from marketplace.core import clock
from marketplace.core.fields import CurrencyField, PublicIdField, StateField, one_of
from marketplace.core.money import Money
from marketplace.payments.machine import UNRESOLVED, DifferenceState, ReconciliationState
from marketplace.payments.models.finance_only import FinanceOnly


class ReconciliationRun(models.Model):
    """One comparison of a provider's statement with our ledger; broken off, it goes on where it was.

    `totals` are both sides' sums, `[{kind, currency, here, here_minor, there, there_minor}]`.
    """

    public_id = PublicIdField(prefix="rcn")
    provider = models.CharField(_("provider"), max_length=20)
    state = StateField(default=ReconciliationState.READING)
    whole = models.BooleanField(_("from the beginning"), default=False)
    cursor_from = models.CharField(_("from cursor"), max_length=120, blank=True)
    cursor_to = models.CharField(_("to cursor"), max_length=120, blank=True)
    lines_read = models.PositiveIntegerField(_("lines read"), default=0)
    new_differences = models.PositiveIntegerField(_("new differences"), default=0)
    known_differences = models.PositiveIntegerField(_("known differences"), default=0)
    resolved_differences = models.PositiveIntegerField(_("resolved differences"), default=0)
    totals = models.JSONField(_("totals"), default=list)
    started_at = models.DateTimeField(_("started"), default=clock.now)
    finished_at = models.DateTimeField(_("finished"), null=True)

    objects = FinanceOnly.as_manager()

    class Meta:
        verbose_name = _("reconciliation")
        verbose_name_plural = _("reconciliations")
        constraints = [
            one_of("state", ReconciliationState, name="reconciliation_state"),
            models.UniqueConstraint(
                fields=["provider"], condition=Q(state=ReconciliationState.READING), name="reconciliation_one_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.provider} {self.state}"


class Difference(models.Model):
    """Something that the provider's books and ours do not say alike. It is told and explained, never put right here.

    `fingerprint` names what differs and by how much: the same is not opened twice.
    """

    class Cause(models.TextChoices):
        MISSING_HERE = "missing_here", _("Missing in our books")
        MISSING_THERE = "missing_there", _("Missing at the provider")
        AMOUNT = "amount", _("The amounts differ")
        CURRENCY = "currency", _("The currencies differ")
        TWICE_HERE = "twice_here", _("More than once in our books")
        TWICE_THERE = "twice_there", _("More than once at the provider")
        FOREIGN = "foreign", _("Nothing of ours")
        TOTAL = "total", _("The totals differ, and no item says why")

    public_id = PublicIdField(prefix="dif")
    provider = models.CharField(_("provider"), max_length=20)
    cause = models.CharField(_("cause"), max_length=20, choices=Cause.choices)
    kind = models.CharField(_("kind"), max_length=20)
    reference = models.CharField(_("reference"), max_length=200, blank=True)
    subject = models.CharField(_("subject"), max_length=80, blank=True)
    payee = models.CharField(_("the provider's payee"), max_length=80, blank=True)
    here_minor = models.BigIntegerField(_("here, in minor units"), null=True)
    here_currency = CurrencyField(verbose_name=_("currency here"), blank=True)
    there_minor = models.BigIntegerField(_("there, in minor units"), null=True)
    there_currency = CurrencyField(verbose_name=_("currency there"), blank=True)
    fingerprint = models.CharField(_("fingerprint"), max_length=64)
    state = StateField(default=DifferenceState.OPEN)
    owner = models.ForeignKey(
        "accounts.User", null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("taken by")
    )
    reason = models.TextField(_("explanation"), blank=True)
    explained_by = models.ForeignKey(
        "accounts.User", null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("explained by")
    )
    found_in = models.ForeignKey(
        ReconciliationRun, on_delete=models.PROTECT, related_name="found", verbose_name=_("found in")
    )
    last_in = models.ForeignKey(
        ReconciliationRun, on_delete=models.PROTECT, related_name="+", verbose_name=_("last found in")
    )
    found_at = models.DateTimeField(_("found"), default=clock.now)
    closed_at = models.DateTimeField(_("closed"), null=True)

    objects = FinanceOnly.as_manager()

    class Meta:
        verbose_name = _("difference")
        verbose_name_plural = _("differences")
        constraints = [
            one_of("state", DifferenceState, name="difference_state"),
            models.UniqueConstraint(
                fields=["provider", "fingerprint"],
                condition=Q(state__in=[state.value for state in UNRESOLVED]),
                name="difference_once",
            ),
            models.CheckConstraint(
                condition=~Q(state=DifferenceState.EXPLAINED) | ~Q(reason="") & Q(explained_by__isnull=False),
                name="difference_explained_in_words",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_cause_display()}: {self.reference or self.payee or self.provider}"

    @property
    def here(self) -> Money | None:
        return None if self.here_minor is None else Money(self.here_minor, self.here_currency)

    @property
    def there(self) -> Money | None:
        return None if self.there_minor is None else Money(self.there_minor, self.there_currency)
