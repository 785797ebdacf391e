from django.db import models
from django.db.models import Q, QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from marketplace.core import clock
from marketplace.core.actor import Actor, StaffRole
from marketplace.core.fields import CurrencyField, PublicIdField, StateField, one_of
from marketplace.core.money import Money
from marketplace.payments.machine import TransferState


class TransferQuerySet(QuerySet["Transfer"]):
    def visible_to(self, actor: Actor) -> "TransferQuerySet":
        """The payee's own; finance staff see all."""
        if StaffRole.FINANCE in actor.staff_roles:
            return self
        return self.filter(party_id=actor.party_id) if actor.party_id else self.none()


class Transfer(models.Model):
    """A payee's part of one release out of one lot, on its way from the platform to her account at the provider.

    `contract` and `release` are public ids. Holds act here: `hold` says why, `held_until` when it ends by itself.
    """

    class Hold(models.TextChoices):
        NO_ACCOUNT = "no_account", _("No account to pay to yet")
        NOT_VERIFIED = "not_verified", _("The payee is not verified yet")
        OTHER_HOLDER = "other_holder", _("The account is in another name than the one that was checked")
        FIRST_PAYOUT = "first_payout", _("The first payout to a new payee waits 7 days")
        SECURITY_CHANGE = "security_change", _("72 hours after a change of sign-in or account details")
        OBJECTION = "objection", _("Approved by the clock: the merchant may object for 7 days")
        QUICK = "quick", _("Less than a day from payment to payout")
        FROZEN = "frozen", _("Frozen: talk to our staff")
        STAFF = "staff", _("Our staff look into it")

    public_id = PublicIdField(prefix="trf")
    party = models.ForeignKey("accounts.Party", on_delete=models.PROTECT, related_name="+", verbose_name=_("payee"))
    contract = models.CharField(_("contract"), max_length=40)
    release = models.CharField(_("release"), max_length=40)
    # What it is for, in the words of that day: a payee reads it long after.
    about = models.CharField(_("what for"), max_length=260, blank=True)
    is_round = models.BooleanField(_("of a further round"), default=False)
    lot = models.ForeignKey(
        "ledger.FundingLot", on_delete=models.PROTECT, related_name="+", verbose_name=_("funding lot")
    )
    provider = models.CharField(_("provider"), max_length=20)
    charge = models.CharField(_("charge"), max_length=80)
    # A provider counts what was taken back as sent out of the charge, and that has its limit.
    from_balance = models.BooleanField(_("out of what stands on the platform's account"), default=False)
    amount_minor = models.BigIntegerField(_("amount in minor units"))
    currency = CurrencyField()
    state = StateField(default=TransferState.PENDING)
    hold = models.CharField(_("on hold because"), max_length=20, choices=Hold.choices, blank=True)
    held_until = models.DateTimeField(_("held until"), null=True, blank=True)
    # It was about to go while all payouts were paused: looked at again when they go on.
    stopped = models.BooleanField(_("stopped by a pause"), default=False)
    epoch = models.PositiveSmallIntegerField(_("attempt"), default=1)
    provider_transfer = models.CharField(_("the provider's transfer"), max_length=80, blank=True)
    payout = models.ForeignKey(
        "payments.Payout",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="transfers",
        verbose_name=_("payout"),
    )
    failure = models.CharField(_("failure"), max_length=80, blank=True)
    created_at = models.DateTimeField(_("created"), default=clock.now)
    checked_at = models.DateTimeField(_("last asked"), default=clock.now)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)

    objects = TransferQuerySet.as_manager()

    class Meta:
        verbose_name = _("transfer")
        verbose_name_plural = _("transfers")
        constraints = [
            one_of("state", TransferState, name="transfer_state"),
            models.CheckConstraint(condition=Q(amount_minor__gt=0), name="transfer_positive"),
            models.CheckConstraint(condition=Q(state="on_hold") ^ Q(hold=""), name="transfer_hold_has_a_reason"),
            models.CheckConstraint(condition=Q(payout=None) | Q(state="done"), name="transfer_paid_out_only_when_done"),
            models.UniqueConstraint(fields=["release", "lot", "party"], name="transfer_once"),
        ]
        indexes = [
            models.Index(fields=["party", "-id"], name="transfer_by_party"),
            models.Index(fields=["contract"], name="transfer_by_contract"),
            models.Index(fields=["charge"], name="transfer_by_charge"),
            models.Index(
                fields=["party", "currency"], name="transfer_available", condition=Q(state="done", payout=None)
            ),
            models.Index(fields=["id"], name="transfer_stopped", condition=Q(stopped=True)),
            models.Index(
                fields=["checked_at"],
                name="transfer_open",
                condition=Q(state__in=["pending", "submitting", "on_hold", "failed"]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.money} {self.state}"

    @property
    def what_for(self) -> str:
        """In the reader's language, as far as the words are ours."""
        if not self.is_round:
            return self.about
        return gettext("%(work)s · further round of changes") % {"work": self.about}

    @property
    def source(self) -> str:
        """The charge that the provider draws it on; empty for what stands on the platform's account."""
        return "" if self.from_balance else self.charge

    @property
    def money(self) -> Money:
        return Money(self.amount_minor, self.currency)
