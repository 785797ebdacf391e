from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from marketplace.core.database_roles import READ
from marketplace.core.fields import CurrencyField


class Account(models.Model):
    """A place where money can be, in one currency. Which ones exist is decided by `chart.py`, not here."""

    database_rights = READ

    code = models.CharField(_("code"), max_length=80)
    currency = CurrencyField()
    kind = models.CharField(_("kind"), max_length=20)
    party = models.ForeignKey(
        "accounts.Party",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("party"),
    )
    allow_negative = models.BooleanField(_("may go below zero"), default=False)

    class Meta:
        verbose_name = _("account")
        verbose_name_plural = _("accounts")
        constraints = [
            models.UniqueConstraint(fields=["code", "currency"], name="account_once"),
            # What a line's composite foreign key points at: its currency is the account's, or it does not exist.
            models.UniqueConstraint(fields=["id", "currency"], name="account_currency"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.currency}"


class Balance(models.Model):
    """What is in an account now; always the sum of its lines, kept by the posting function alone."""

    database_rights = READ

    account = models.OneToOneField(Account, on_delete=models.PROTECT, primary_key=True, related_name="balance")
    amount_minor = models.BigIntegerField(default=0)
    allow_negative = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(allow_negative=True) | Q(amount_minor__gte=0), name="no_overdraft")
        ]

    def __str__(self) -> str:
        return f"{self.account_id}: {self.amount_minor}"
