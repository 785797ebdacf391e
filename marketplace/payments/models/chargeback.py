from django.db import models
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from marketplace.core import clock
from marketplace.core.actor import Actor, StaffRole
from marketplace.core.fields import CurrencyField, PublicIdField, StateField, one_of
from marketplace.core.money import Money
from marketplace.payments.machine import STANDING, ChargebackState, EvidenceState


class ChargebackQuerySet(QuerySet["Chargeback"]):
    def visible_to(self, actor: Actor) -> "ChargebackQuerySet":
        """The merchant's own; finance staff see all."""
        if StaffRole.FINANCE in actor.staff_roles:
            return self
        return self.filter(party_id=actor.party_id) if actor.party_id else self.none()


class Chargeback(models.Model):
    """A payer had her bank take a payment back. One row for each that the provider knows; a charge may have several.

    `taken` and `fee` are what stands in our books of it. `lines` is how many lines the provider had drawn when we last
    heard of it: whatever has fewer is older news.
    """

    public_id = PublicIdField(prefix="cbk")
    party = models.ForeignKey("accounts.Party", on_delete=models.PROTECT, related_name="+", verbose_name=_("merchant"))
    funding = models.ForeignKey(
        "payments.Funding", on_delete=models.PROTECT, related_name="chargebacks", verbose_name=_("payment in")
    )
    provider = models.CharField(_("provider"), max_length=20)
    provider_chargeback = models.CharField(_("the provider's chargeback"), max_length=80)
    charge = models.CharField(_("charge"), max_length=80)
    amount_minor = models.BigIntegerField(_("amount in minor units"))
    currency = CurrencyField()
    reason = models.CharField(_("reason"), max_length=60, blank=True)
    state = StateField(default=ChargebackState.INQUIRED)
    status_rank = models.PositiveSmallIntegerField(_("how far it is"), default=0)
    lines = models.PositiveSmallIntegerField(_("lines at the provider"), default=0)
    rounds = models.PositiveSmallIntegerField(_("times booked"), default=0)
    taken_minor = models.BigIntegerField(_("taken, in minor units"), default=0)
    fee_minor = models.BigIntegerField(_("the provider's fee, in minor units"), default=0)
    taken_currency = CurrencyField(verbose_name=_("currency of what was taken"))
    submissions = models.PositiveSmallIntegerField(_("answers handed in"), default=0)
    due_at = models.DateTimeField(_("answer by"), null=True)
    opened_at = models.DateTimeField(_("opened"), default=clock.now)
    checked_at = models.DateTimeField(_("last asked"), default=clock.now)
    closed_at = models.DateTimeField(_("closed"), null=True)

    objects = ChargebackQuerySet.as_manager()

    class Meta:
        verbose_name = _("chargeback")
        verbose_name_plural = _("chargebacks")
        constraints = [
            one_of("state", ChargebackState, name="chargeback_state"),
            models.UniqueConstraint(fields=["provider", "provider_chargeback"], name="chargeback_once"),
            models.CheckConstraint(
                condition=Q(amount_minor__gt=0, taken_minor__gte=0, fee_minor__gte=0), name="chargeback_amounts"
            ),
        ]
        indexes = [
            models.Index(fields=["party", "-id"], name="chargeback_by_party"),
            models.Index(fields=["charge"], name="chargeback_by_charge"),
        ]

    def __str__(self) -> str:
        return f"{self.money} {self.state}"

    @property
    def money(self) -> Money:
        return Money(self.amount_minor, self.currency)

    @property
    def taken(self) -> Money:
        return Money(self.taken_minor, self.taken_currency)

    @property
    def fee(self) -> Money:
        return Money(self.fee_minor, self.taken_currency)

    @property
    def is_standing(self) -> bool:
        return self.state in STANDING


class ChargebackPartQuerySet(QuerySet["ChargebackPart"]):
    def standing(self) -> "ChargebackPartQuerySet":
        """Taken, and neither given back nor made up for by the end of its contract."""
        return self.filter(back_at=None, ended_at=None)

    def frozen(self, contract: str) -> "ChargebackPartQuerySet":
        """What of a contract's protected funds the payer's bank holds just now."""
        return self.standing().filter(place=ChargebackPart.Place.PROTECTED, contract=contract)


class ChargebackPart(models.Model):
    """Where a part of what was taken stood: it came out of there, and goes back there if the chargeback is won."""

    class Place(models.TextChoices):
        PROTECTED = "protected", _("Protected funds of a contract")
        RESERVED = "reserved", _("Set aside for a V task")
        WALLET = "wallet", _("Wallet")
        SUSPENSE = "suspense", _("Suspense")
        DEBT = "debt", _("Released already: the merchant owes it")
        UNMATCHED = "unmatched", _("Nobody's that we know of")

    chargeback = models.ForeignKey(
        Chargeback, on_delete=models.PROTECT, related_name="parts", verbose_name=_("chargeback")
    )
    round = models.PositiveSmallIntegerField()
    place = models.CharField(_("where it stood"), max_length=10, choices=Place.choices)
    lot = models.ForeignKey(
        "ledger.FundingLot", null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("funding lot")
    )
    contract = models.CharField(_("contract"), max_length=40, blank=True)
    amount_minor = models.BigIntegerField(_("amount in minor units"))
    currency = CurrencyField()
    back_at = models.DateTimeField(_("given back"), null=True)
    ended_at = models.DateTimeField(_("made up for"), null=True)

    objects = ChargebackPartQuerySet.as_manager()

    class Meta:
        verbose_name = _("part of a chargeback")
        verbose_name_plural = _("parts of a chargeback")
        constraints = [models.CheckConstraint(condition=Q(amount_minor__gt=0), name="chargeback_part_positive")]
        indexes = [
            models.Index(fields=["contract"], name="chargeback_part_by_contract", condition=~Q(contract="")),
        ]

    def __str__(self) -> str:
        return f"{self.get_place_display()}: {self.money}"

    @property
    def money(self) -> Money:
        return Money(self.amount_minor, self.currency)


class Evidence(models.Model):
    """Our answer to a chargeback: what the platform knows (`gathered`), and finance's own words, which stand before it.

    Both are texts by the names of `payments/evidence.py`.
    """

    chargeback = models.OneToOneField(
        Chargeback, on_delete=models.PROTECT, related_name="evidence", verbose_name=_("chargeback")
    )
    gathered = models.JSONField(_("gathered"), default=dict)
    gathered_at = models.DateTimeField(_("gathered at"), null=True)
    words = models.JSONField(_("our words"), default=dict)
    state = StateField(default=EvidenceState.GATHERING)
    epoch = models.PositiveSmallIntegerField(_("attempt"), default=1)
    asked_by = models.ForeignKey(
        "accounts.User", null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("handed in by")
    )
    by_clock = models.BooleanField(_("by the clock"), default=False)
    asked_at = models.DateTimeField(_("to be handed in since"), null=True)
    sent_at = models.DateTimeField(_("handed in"), null=True)
    failure = models.CharField(_("failure"), max_length=80, blank=True)

    class Meta:
        verbose_name = _("evidence")
        verbose_name_plural = _("evidence")
        constraints = [one_of("state", EvidenceState, name="evidence_state")]

    def __str__(self) -> str:
        return f"{self.chargeback_id}: {self.state}"
