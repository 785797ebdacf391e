from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from marketplace.contracts.models.contract import Contract
from marketplace.contracts.models.deliverable import Deliverable
from marketplace.contracts.models.extra_round import ExtraRound
from marketplace.core import clock
from marketplace.core.database_roles import APPEND
from marketplace.core.fields import CurrencyField, PublicIdField
from marketplace.core.models.event import APPEND_ONLY
from marketplace.core.money import Money


class Release(models.Model):
    """A part of a contract's fee that became the payees', with everything that went with it. Never changed."""

    database_rights = APPEND

    class Why(models.TextChoices):
        DELIVERED = "delivered", _("Delivered")
        KEPT_BACK = "kept_back", _("Kept back until the stay-up date")
        KILL_FEE = "kill_fee", _("Kill fee")
        DISPUTE = "dispute", _("Decided in a dispute")
        ROUND = "round", _("A further round of changes")

    public_id = PublicIdField(prefix="rel")
    contract = models.ForeignKey(
        Contract, on_delete=models.PROTECT, related_name="releases", verbose_name=_("contract")
    )
    deliverable = models.ForeignKey(
        Deliverable,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="releases_made",
        verbose_name=_("deliverable"),
    )
    # Of a round's own price; without one, of the contract's fee.
    extra_round = models.OneToOneField(
        ExtraRound,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="release",
        verbose_name=_("further round"),
    )
    why = models.CharField(_("because"), max_length=10, choices=Why.choices)
    currency = CurrencyField()
    gross_minor = models.BigIntegerField(_("of the fee, in minor units"))
    platform_fee_minor = models.BigIntegerField(_("platform fee, in minor units"))
    vat_minor = models.BigIntegerField(_("VAT, in minor units"))
    agency_minor = models.BigIntegerField(_("agency, in minor units"))
    withheld_minor = models.BigIntegerField(_("tax withheld, in minor units"))
    anchor_minor = models.BigIntegerField(_("anchor, in minor units"))
    by_clock = models.BooleanField(_("by the clock"), default=False)
    at = models.DateTimeField(_("released"), default=clock.now)

    class Meta:
        verbose_name = _("release")
        verbose_name_plural = _("releases")
        constraints = [
            models.UniqueConstraint(fields=["deliverable", "why"], condition=Q(extra_round=None), name="release_once"),
            models.UniqueConstraint(
                fields=["contract", "why"], condition=Q(deliverable=None), name="release_once_of_the_rest"
            ),
            models.CheckConstraint(
                condition=Q(gross_minor=F("agency_minor") + F("withheld_minor") + F("anchor_minor")),
                name="release_adds_up",
            ),
            models.CheckConstraint(
                condition=Q(gross_minor__gt=0, platform_fee_minor__gte=0, vat_minor__gte=0, agency_minor__gte=0)
                & Q(withheld_minor__gte=0, anchor_minor__gte=0),
                name="release_positive",
            ),
        ]
        triggers = APPEND_ONLY

    def __str__(self) -> str:
        return f"{self.get_why_display()} {self.money('gross')}"

    def money(self, name: str) -> Money:
        return Money(getattr(self, f"{name}_minor"), self.currency)


class Return(models.Model):
    """A part of a contract's fee that went back to the merchant, with its platform fee and VAT. Never changed."""

    database_rights = APPEND

    class Why(models.TextChoices):
        CANCELLED = "cancelled", _("Cancelled")
        DISPUTE = "dispute", _("Decided in a dispute")
        TOO_OLD = "too_old", _("85 days after the payment")
        CHARGEBACK = "chargeback", _("Taken back by the payer’s bank")
        AMENDED = "amended", _("A lower fee was agreed")
        HANDED_OVER = "handover", _("Another anchor took over")

    public_id = PublicIdField(prefix="ret")
    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="returns", verbose_name=_("contract"))
    extra_round = models.OneToOneField(
        ExtraRound,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="given_back",
        verbose_name=_("further round"),
    )
    why = models.CharField(_("because"), max_length=10, choices=Why.choices)
    currency = CurrencyField()
    gross_minor = models.BigIntegerField(_("of the fee, in minor units"))
    platform_fee_minor = models.BigIntegerField(_("platform fee, in minor units"))
    vat_minor = models.BigIntegerField(_("VAT, in minor units"))
    at = models.DateTimeField(_("given back"), default=clock.now)

    class Meta:
        verbose_name = _("return")
        verbose_name_plural = _("returns")
        constraints = [
            models.CheckConstraint(
                condition=Q(gross_minor__gt=0, platform_fee_minor__gte=0, vat_minor__gte=0), name="return_positive"
            )
        ]
        triggers = APPEND_ONLY

    def __str__(self) -> str:
        return f"{self.get_why_display()} {self.total}"

    @property
    def total(self) -> Money:
        return Money(self.gross_minor + self.platform_fee_minor + self.vat_minor, self.currency)
