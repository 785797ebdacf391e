from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from marketplace.bank_rail.machine import PayInState
from marketplace.bank_rail.models.desk_only import DeskOnly
from marketplace.bank_rail.models.kept import kept
from marketplace.core import clock
from marketplace.core.fields import CurrencyField, PublicIdField, StateField, one_of
from marketplace.core.money import Money


class PayIn(models.Model):
    """A transfer that we wait for. `reference` is whose payment it is to the program, `code` what the payer writes."""

    public_id = PublicIdField(prefix="bpi")
    reference = models.CharField(_("reference"), max_length=80, unique=True)
    code = models.CharField(_("words for the transfer"), max_length=20, unique=True)
    payer = models.CharField(_("payer"), max_length=120)
    amount_minor = models.BigIntegerField(_("amount in minor units"))
    currency = CurrencyField()
    state = StateField(default=PayInState.OPEN)
    created_at = models.DateTimeField(_("created"), default=clock.now)
    expires_at = models.DateTimeField(_("waited for until"))

    objects = DeskOnly.as_manager()

    class Meta:
        verbose_name = _("transfer in")
        verbose_name_plural = _("transfers in")
        triggers = kept("reference", "code", "amount_minor", "currency")
        constraints = [
            one_of("state", PayInState, name="bank_pay_in_state"),
            models.CheckConstraint(condition=Q(amount_minor__gt=0), name="bank_pay_in_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.money}"

    @property
    def money(self) -> Money:
        return Money(self.amount_minor, self.currency)
