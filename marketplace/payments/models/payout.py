from datetime import timedelta

from django.db import models
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from marketplace.core import clock
from marketplace.core.actor import Actor, StaffRole
from marketplace.core.fields import CurrencyField, PublicIdField, StateField, one_of
from marketplace.core.money import Money
from marketplace.payments.machine import PayoutState

TRIES_AT_MOST = 3
TRY_AGAIN_AFTER = timedelta(days=1)


class PayoutQuerySet(QuerySet["Payout"]):
    def visible_to(self, actor: Actor) -> "PayoutQuerySet":
        """The payee's own; finance staff see all."""
        if StaffRole.FINANCE in actor.staff_roles:
            return self
        return self.filter(party_id=actor.party_id) if actor.party_id else self.none()


class Payout(models.Model):
    """Everything of one payee and currency that was ready, on its way from her account at the provider to her bank."""

    class Hold(models.TextChoices):
        SECURITY_CHANGE = "security_change", _("72 hours after a change of sign-in or account details")
        NO_ACCOUNT = "no_account", _("No account to pay to yet")
        OTHER_HOLDER = "other_holder", _("The account is in another name than the one that was checked")
        FROZEN = "frozen", _("Frozen: talk to our staff")

    public_id = PublicIdField(prefix="pyo")
    party = models.ForeignKey("accounts.Party", on_delete=models.PROTECT, related_name="+", verbose_name=_("payee"))
    provider = models.CharField(_("provider"), max_length=20)
    payee = models.CharField(_("the provider's payee"), max_length=80)
    amount_minor = models.BigIntegerField(_("amount in minor units"))
    currency = CurrencyField()
    state = StateField(default=PayoutState.PENDING)
    hold = models.CharField(_("on hold because"), max_length=20, choices=Hold.choices, blank=True)
    held_until = models.DateTimeField(_("held until"), null=True, blank=True)
    # It was about to go while all payouts were paused: looked at again when they go on.
    stopped = models.BooleanField(_("stopped by a pause"), default=False)
    tries = models.PositiveSmallIntegerField(_("tries"), default=1)
    retry_at = models.DateTimeField(_("tried again"), null=True, blank=True)
    epoch = models.PositiveSmallIntegerField(_("attempt"), default=1)
    provider_payout = models.CharField(_("the provider's payout"), max_length=80, blank=True)
    last4 = models.CharField(_("last four digits"), max_length=4, blank=True)
    failure = models.CharField(_("failure"), max_length=80, blank=True)
    asked_by = models.ForeignKey(
        "accounts.User", null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("asked by")
    )
    created_at = models.DateTimeField(_("created"), default=clock.now)
    checked_at = models.DateTimeField(_("last asked"), default=clock.now)
    submitted_at = models.DateTimeField(_("first asked"), null=True)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)

    objects = PayoutQuerySet.as_manager()

    class Meta:
        verbose_name = _("payout")
        verbose_name_plural = _("payouts")
        constraints = [
            one_of("state", PayoutState, name="payout_state"),
            models.CheckConstraint(condition=Q(amount_minor__gt=0), name="payout_positive"),
            models.CheckConstraint(condition=Q(state="on_hold") ^ Q(hold=""), name="payout_hold_has_a_reason"),
        ]
        indexes = [
            models.Index(fields=["party", "-id"], name="payout_by_party"),
            models.Index(fields=["id"], name="payout_stopped", condition=Q(stopped=True)),
            models.Index(fields=["checked_at"], name="payout_paid", condition=Q(state="paid")),
            models.Index(
                fields=["checked_at"], name="payout_open", condition=Q(state__in=["submitting", "in_transit"])
            ),
        ]

    def __str__(self) -> str:
        return f"{self.money} {self.state}"

    @property
    def money(self) -> Money:
        return Money(self.amount_minor, self.currency)

    @property
    def reference(self) -> str:
        """What this try is called at the provider and in the ledger: each try is a payout of its own there."""
        return self.public_id if self.tries == 1 else f"{self.public_id}.{self.tries}"

    @property
    def waits_for_a_person(self) -> bool:
        return self.state in (PayoutState.FAILED, PayoutState.RETURNED) and self.retry_at is None


def public_id_of(reference: str) -> str:
    """Which payout a reference at the provider speaks of, whichever try."""
    return reference.partition(".")[0]
