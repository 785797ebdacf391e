from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from marketplace.bank_rail.machine import OrderState
from marketplace.bank_rail.models.desk_only import DeskOnly
from marketplace.bank_rail.models.kept import kept
from marketplace.core import clock
from marketplace.core.fields import CurrencyField, PublicIdField, StateField, one_of
from marketplace.core.money import Money


class Order(models.Model):
    """Money that leaves our account at the bank: to a payee, or back to who sent it. To whom is frozen here.

    `reference` is what it is to the program, `code` what the bank is given as its words.
    """

    class Kind(models.TextChoices):
        PAYOUT = "payout", _("Payout")
        REFUND = "refund", _("Refund")
        RETURN = "return", _("Sent back")

    public_id = PublicIdField(prefix="bor")
    kind = models.CharField(_("kind"), max_length=8, choices=Kind.choices)
    reference = models.CharField(_("reference"), max_length=80, unique=True)
    code = models.CharField(_("words for the transfer"), max_length=20, unique=True)
    payee = models.ForeignKey(
        "bank_rail.Payee", null=True, on_delete=models.PROTECT, related_name="orders", verbose_name=_("payee")
    )
    line = models.ForeignKey(
        "bank_rail.BankLine",
        null=True,
        on_delete=models.PROTECT,
        related_name="orders",
        verbose_name=_("line that goes back"),
    )
    amount_minor = models.BigIntegerField(_("amount in minor units"))
    currency = CurrencyField()
    holder = models.CharField(_("name on the account"), max_length=120)
    bank_name = models.CharField(_("bank"), max_length=120, blank=True)
    sealed_number = models.TextField(_("sealed number"))
    last4 = models.CharField(_("last four digits"), max_length=4)
    state = StateField(default=OrderState.QUEUED)
    batch = models.ForeignKey(
        "bank_rail.Batch", null=True, on_delete=models.PROTECT, related_name="orders", verbose_name=_("batch")
    )
    failure = models.CharField(_("failure"), max_length=80, blank=True)
    serial = models.CharField(_("the bank's number"), max_length=80, blank=True)
    on_statement = models.BooleanField(_("on a statement"), default=False)
    created_at = models.DateTimeField(_("created"), default=clock.now)
    closed_at = models.DateTimeField(_("closed"), null=True)

    objects = DeskOnly.as_manager()

    class Meta:
        verbose_name = _("order to the bank")
        verbose_name_plural = _("orders to the bank")
        triggers = kept("kind", "reference", "code", "payee", "line", "amount_minor", "currency", "sealed_number")
        constraints = [
            one_of("state", OrderState, name="bank_order_state"),
            models.CheckConstraint(condition=Q(amount_minor__gt=0), name="bank_order_positive"),
            models.CheckConstraint(
                condition=Q(kind="payout", payee__isnull=False, line__isnull=True)
                | (~Q(kind="payout") & Q(payee__isnull=True, line__isnull=False)),
                name="bank_order_to_whom",
            ),
            models.CheckConstraint(
                condition=Q(state="queued", batch__isnull=True) | (~Q(state="queued") & Q(batch__isnull=False)),
                name="bank_order_in_a_batch",
            ),
        ]
        indexes = [
            models.Index(fields=["currency", "id"], name="bank_order_queued", condition=Q(state="queued")),
            models.Index(fields=["batch", "id"], name="bank_order_by_batch"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.money}"

    @property
    def money(self) -> Money:
        return Money(self.amount_minor, self.currency)
