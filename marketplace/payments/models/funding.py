from django.db import models
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from marketplace.core import clock
from marketplace.core.actor import Actor, StaffRole
from marketplace.core.fields import CurrencyField, PublicIdField, StateField, one_of
from marketplace.core.money import Money
from marketplace.payments.machine import OPEN, FundingState


class FundingQuerySet(QuerySet["Funding"]):
    def visible_to(self, actor: Actor) -> "FundingQuerySet":
        """One's own party's; finance staff see all."""
        if StaffRole.FINANCE in actor.staff_roles:
            return self
        return self.filter(party_id=actor.party_id) if actor.party_id else self.none()


class Funding(models.Model):
    """A payment in: asked of a payer through a provider's own page, and what became of it."""

    public_id = PublicIdField(prefix="fnd")
    party = models.ForeignKey(
        "accounts.Party",
        on_delete=models.PROTECT,
        related_name="fundings",
        verbose_name=_("party"),
    )
    provider = models.CharField(_("provider"), max_length=20)
    amount_minor = models.BigIntegerField(_("amount in minor units"))
    currency = CurrencyField()
    state = StateField(default=FundingState.SUBMITTING)
    epoch = models.PositiveSmallIntegerField(_("attempt"), default=1)
    contract = models.CharField(_("contract"), max_length=40, blank=True)  # public id; without one it is a top-up
    # What of that contract is paid: a further round's public id, or an amendment's; without one the contract itself.
    part = models.CharField(_("part of the contract"), max_length=40, blank=True)
    checkout = models.CharField(_("checkout"), max_length=80, blank=True)
    pay_url = models.URLField(_("pay page"), max_length=2000, blank=True)
    charge = models.CharField(_("charge"), max_length=80, blank=True)
    fee_minor = models.BigIntegerField(_("the provider's fee, in minor units"), default=0)
    fee_currency = CurrencyField(verbose_name=_("currency of the fee"), blank=True)
    fee_lines = models.PositiveSmallIntegerField(_("lines of the fee"), default=0)  # none: it is not known yet
    asked_by = models.ForeignKey(
        "accounts.User",
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("asked by"),
    )
    created_at = models.DateTimeField(_("created"), default=clock.now)
    checked_at = models.DateTimeField(_("last asked"), default=clock.now)
    closed_at = models.DateTimeField(_("closed"), null=True)

    objects = FundingQuerySet.as_manager()

    class Meta:
        verbose_name = _("payment in")
        verbose_name_plural = _("payments in")
        constraints = [
            one_of("state", FundingState, name="funding_state"),
            models.CheckConstraint(condition=Q(amount_minor__gt=0), name="funding_positive"),
            models.UniqueConstraint(
                fields=["contract", "part"],
                condition=~Q(contract="") & Q(state__in=[state.value for state in OPEN]),
                name="funding_one_open_per_contract",
            ),
            models.UniqueConstraint(
                fields=["provider", "checkout"], condition=~Q(checkout=""), name="funding_checkout"
            ),
        ]
        indexes = [
            models.Index(fields=["charge"], name="funding_by_charge", condition=~Q(charge="")),
            models.Index(fields=["contract"], name="funding_by_contract", condition=~Q(contract="")),
            models.Index(fields=["party", "-id"], name="funding_by_party"),
            models.Index(
                fields=["checked_at"], name="funding_open", condition=Q(state__in=[state.value for state in OPEN])
            ),
            models.Index(fields=["closed_at"], name="funding_fee_unknown", condition=Q(fee_lines=0) & ~Q(charge="")),
        ]

    def __str__(self) -> str:
        return f"{self.money} {self.state}"

    @property
    def money(self) -> Money:
        return Money(self.amount_minor, self.currency)

    @property
    def group(self) -> str:
        """What this payment and the transfers out of it have in common at the provider."""
        return self.contract or self.public_id
