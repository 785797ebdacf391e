from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from marketplace.bank_rail.machine import IN_SUSPENSE, LineState
from marketplace.bank_rail.models.desk_only import DeskOnly
from marketplace.bank_rail.models.kept import kept
from marketplace.core.fields import CurrencyField, PublicIdField, StateField, one_of
from marketplace.core.money import Money


class BankLine(models.Model):
    """A line of a booked statement; `amount_minor` is signed, into our account.

    `identity` keeps it one, whichever exports it is in. What nobody asked for is decided by two people: one proposes
    where it belongs, another decides.
    """

    class Proposal(models.TextChoices):
        ASSIGN = "assign", _("It belongs to a transfer in")
        SEND_BACK = "send_back", _("It goes back to where it came from")

    public_id = PublicIdField(prefix="bln")
    upload = models.ForeignKey(
        "bank_rail.Upload", on_delete=models.PROTECT, related_name="lines", verbose_name=_("statement")
    )
    number = models.PositiveIntegerField(_("row of the file"))
    identity = models.CharField(_("identity"), max_length=80)
    posted_on = models.DateField(_("booked on"))
    amount_minor = models.BigIntegerField(_("amount in minor units"))
    currency = CurrencyField()
    name = models.CharField(_("from or to"), max_length=120, blank=True)
    bank_name = models.CharField(_("bank"), max_length=120, blank=True)
    sealed_number = models.TextField(_("sealed number"), blank=True)
    last4 = models.CharField(_("last four digits"), max_length=4, blank=True)
    memo = models.CharField(_("words"), max_length=500, blank=True)
    state = StateField(default=LineState.UNMATCHED)
    pay_in = models.ForeignKey(
        "bank_rail.PayIn", null=True, on_delete=models.PROTECT, related_name="lines", verbose_name=_("transfer in")
    )
    order = models.ForeignKey(
        "bank_rail.Order",
        null=True,
        on_delete=models.PROTECT,
        related_name="statement_lines",
        verbose_name=_("order"),
    )
    proposal = models.CharField(_("proposal"), max_length=9, choices=Proposal.choices, blank=True)
    proposed_by = models.ForeignKey(
        "accounts.User", null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("proposed by")
    )
    decided_by = models.ForeignKey(
        "accounts.User", null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("decided by")
    )

    objects = DeskOnly.as_manager()

    class Meta:
        verbose_name = _("line of a statement")
        verbose_name_plural = _("lines of statements")
        triggers = kept("identity", "posted_on", "amount_minor", "currency", "sealed_number", "memo", "upload")
        constraints = [
            one_of("state", LineState, name="bank_line_state"),
            models.CheckConstraint(condition=~Q(amount_minor=0), name="bank_line_moves_something"),
            models.UniqueConstraint(fields=["currency", "identity"], name="bank_line_once"),
            models.UniqueConstraint(
                fields=["pay_in"],
                condition=Q(state__in=["matched", "mismatched", "assigned"]),
                name="bank_line_one_per_pay_in",
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("proposed_by")), name="bank_line_by_two_people"
            ),
        ]
        indexes = [
            models.Index(
                fields=["id"],
                name="bank_line_in_suspense",
                condition=Q(state__in=[*(state.value for state in IN_SUSPENSE), "proposed"]),
            )
        ]

    def __str__(self) -> str:
        return f"{self.posted_on} {self.money}"

    @property
    def money(self) -> Money:
        return Money(self.amount_minor, self.currency)
