from django.db import models
from django.db.models import F, Q, QuerySet, Sum, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from marketplace.core import clock
from marketplace.core.actor import Actor, StaffRole
from marketplace.core.database_roles import APPEND
from marketplace.core.fields import CurrencyField, PublicIdField
from marketplace.core.models.event import APPEND_ONLY
from marketplace.core.money import Money


class DebtQuerySet(QuerySet["Debt"]):
    def visible_to(self, actor: Actor) -> "DebtQuerySet":
        """One's own party's; finance staff see all."""
        if StaffRole.FINANCE in actor.staff_roles:
            return self
        return self.filter(party_id=actor.party_id) if actor.party_id else self.none()

    def with_left(self) -> "DebtQuerySet":
        """`left_minor` is what is not settled yet."""
        settled = Coalesce(Sum("settlements__amount_minor"), Value(0))
        return self.annotate(left_minor=F("amount_minor") - settled)

    def open(self) -> "DebtQuerySet":
        return self.with_left().filter(left_minor__gt=0)


class Debt(models.Model):
    """What a party owes us, and why. Never changed: settled by rows of its own."""

    database_rights = APPEND

    class Why(models.TextChoices):
        CHARGEBACK = "chargeback", _("A payment that your bank took back after it had been released")
        CHARGEBACK_FEE = "chargeback_fee", _("The bank's fee for a chargeback that was lost")
        TAKEN_BACK = "taken_back", _("A transfer that was taken back after it had been paid out")

    public_id = PublicIdField(prefix="dbt")
    party = models.ForeignKey("accounts.Party", on_delete=models.PROTECT, related_name="+", verbose_name=_("party"))
    why = models.CharField(_("because"), max_length=20, choices=Why.choices)
    chargeback = models.ForeignKey(
        "payments.Chargeback",
        null=True,
        on_delete=models.PROTECT,
        related_name="debts",
        verbose_name=_("chargeback"),
    )
    reversal = models.OneToOneField(
        "payments.TransferReversal",
        null=True,
        on_delete=models.PROTECT,
        related_name="debt",
        verbose_name=_("transfer taken back"),
    )
    amount_minor = models.BigIntegerField(_("amount in minor units"))
    currency = CurrencyField()
    at = models.DateTimeField(_("owed since"), default=clock.now)

    objects = DebtQuerySet.as_manager()

    class Meta:
        verbose_name = _("debt")
        verbose_name_plural = _("debts")
        constraints = [models.CheckConstraint(condition=Q(amount_minor__gt=0), name="debt_positive")]
        indexes = [models.Index(fields=["party", "id"], name="debt_by_party")]
        triggers = APPEND_ONLY

    def __str__(self) -> str:
        return f"{self.get_why_display()}: {self.money}"

    @property
    def money(self) -> Money:
        return Money(self.amount_minor, self.currency)


class DebtSettlement(models.Model):
    """A part of a debt that was settled, or (below nought) came alive again because the settlement was undone."""

    database_rights = APPEND

    class How(models.TextChoices):
        WALLET = "wallet", _("Out of the wallet")
        PROTECTED = "protected", _("Out of a contract that ended")
        EARNINGS = "earnings", _("Out of what was released")
        WON = "won", _("The chargeback was won")
        UNDONE = "undone", _("Given back")

    public_id = PublicIdField(prefix="dst")
    debt = models.ForeignKey(Debt, on_delete=models.PROTECT, related_name="settlements", verbose_name=_("debt"))
    how = models.CharField(_("how"), max_length=10, choices=How.choices)
    contract = models.CharField(_("contract"), max_length=40, blank=True)
    release = models.CharField(_("release"), max_length=40, blank=True)
    undoes = models.OneToOneField(
        "self", null=True, on_delete=models.PROTECT, related_name="undone_by", verbose_name=_("gives back")
    )
    amount_minor = models.BigIntegerField(_("amount in minor units"))
    at = models.DateTimeField(_("settled"), default=clock.now)

    class Meta:
        verbose_name = _("settlement of a debt")
        verbose_name_plural = _("settlements of debts")
        constraints = [models.CheckConstraint(condition=~Q(amount_minor=0), name="debt_settlement_moves")]
        triggers = APPEND_ONLY

    def __str__(self) -> str:
        return f"{self.get_how_display()}: {self.amount_minor}"
