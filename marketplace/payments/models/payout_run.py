from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from marketplace.core import clock
from marketplace.core.fields import CurrencyField, PublicIdField, StateField, one_of
from marketplace.core.money import Money
from marketplace.payments.machine import RUN_UNDER_WAY, PayoutRunState
from marketplace.payments.models.finance_only import FinanceOnly


class PayoutRun(models.Model):
    """Everybody who had enough ready at one moment, to be paid out together. `alone`: below the limit, planned by the
    clock, and so without a person.

    `left_out` says who was not taken: `[{reason, currency, payees, transfers, minor}]`.
    """

    public_id = PublicIdField(prefix="prn")
    state = StateField(default=PayoutRunState.PLANNED)
    alone = models.BooleanField(_("goes by itself"), default=False)
    left_out = models.JSONField(_("left out"), default=list)
    planned_by = models.ForeignKey(
        "accounts.User", null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("planned by")
    )
    first_by = models.ForeignKey(
        "accounts.User", null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("first approval")
    )
    second_by = models.ForeignKey(
        "accounts.User", null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("second approval")
    )
    planned_at = models.DateTimeField(_("planned"), default=clock.now)
    expires_at = models.DateTimeField(_("lapses"))
    approved_at = models.DateTimeField(_("approved"), null=True)
    closed_at = models.DateTimeField(_("closed"), null=True)

    objects = FinanceOnly.as_manager()

    class Meta:
        verbose_name = _("payout run")
        verbose_name_plural = _("payout runs")
        constraints = [
            one_of("state", PayoutRunState, name="payout_run_state"),
            models.UniqueConstraint(
                # Any constant: there is one such row.
                models.Value(1),
                condition=Q(state__in=[state.value for state in RUN_UNDER_WAY]),
                name="payout_run_one_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(first_by=None) | Q(second_by=None) | ~Q(first_by=F("second_by")),
                name="payout_run_by_two_people",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[PayoutRunState.PLANNED.value, PayoutRunState.CANCELLED.value])
                | Q(alone=True)
                | Q(first_by__isnull=False, second_by__isnull=False),
                name="payout_run_approved_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(alone=False) | Q(planned_by__isnull=True), name="payout_run_alone_by_the_clock"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.planned_at:%Y-%m-%d %H:%M} {self.state}"


class PayoutRunTotal(models.Model):
    """What a run was planned to pay out by one provider in one currency."""

    run = models.ForeignKey(PayoutRun, on_delete=models.PROTECT, related_name="totals")
    provider = models.CharField(max_length=20)
    currency = CurrencyField()
    payees = models.PositiveIntegerField()
    payouts = models.PositiveIntegerField()
    transfers = models.PositiveIntegerField()
    amount_minor = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["run", "provider", "currency"], name="payout_run_total_once")]

    def __str__(self) -> str:
        return f"{self.provider} {self.money}"

    @property
    def money(self) -> Money:
        return Money(self.amount_minor, self.currency)


class PayoutRunMember(models.Model):
    """One payee, provider and currency of a run: exactly these transfers (`parts`, their keys), or nothing of it.
    Planning locks none of them; whatever changed by the time that they are posted drops the member, with the reason."""

    class Outcome(models.TextChoices):
        PLANNED = "planned", _("Planned")
        POSTED = "posted", _("Booked")
        DROPPED = "dropped", _("Dropped")

    class Reason(models.TextChoices):
        TAKEN = "taken", _("Paid out or taken back meanwhile")
        NO_ACCOUNT = "no_account", _("No account to pay to any more")
        SECURITY_CHANGE = "security_change", _("72 hours after a change of sign-in or account details")
        FROZEN = "frozen", _("Frozen")
        CANCELLED = "cancelled", _("The run was cancelled")

    run = models.ForeignKey(PayoutRun, on_delete=models.PROTECT, related_name="members", verbose_name=_("payout run"))
    party = models.ForeignKey("accounts.Party", on_delete=models.PROTECT, related_name="+", verbose_name=_("payee"))
    provider = models.CharField(_("provider"), max_length=20)
    amount_minor = models.BigIntegerField(_("amount in minor units"))
    currency = CurrencyField()
    parts = ArrayField(models.BigIntegerField(), verbose_name=_("transfers"))
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome.choices, default=Outcome.PLANNED)
    reason = models.CharField(_("dropped because"), max_length=20, choices=Reason.choices, blank=True)
    payout = models.OneToOneField(
        "payments.Payout", null=True, on_delete=models.PROTECT, related_name="member", verbose_name=_("payout")
    )

    objects = FinanceOnly.as_manager()

    class Meta:
        verbose_name = _("payout of a run")
        verbose_name_plural = _("payouts of runs")
        constraints = [
            models.UniqueConstraint(fields=["run", "party", "provider", "currency"], name="payout_member_once"),
            models.CheckConstraint(condition=Q(amount_minor__gt=0), name="payout_member_positive"),
            models.CheckConstraint(
                condition=Q(outcome="posted") ^ Q(payout__isnull=True), name="payout_member_posted_is_a_payout"
            ),
            models.CheckConstraint(condition=Q(outcome="dropped") ^ Q(reason=""), name="payout_member_dropped_for"),
        ]
        indexes = [models.Index(fields=["run", "id"], name="payout_member_open", condition=Q(outcome="planned"))]

    def __str__(self) -> str:
        return f"{self.money} {self.outcome}"

    @property
    def money(self) -> Money:
        return Money(self.amount_minor, self.currency)
