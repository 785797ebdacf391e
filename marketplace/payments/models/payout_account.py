from django.db import models
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from marketplace.core import clock
from marketplace.core.actor import Actor, StaffRole
from marketplace.core.fields import PublicIdField


class PayoutAccountQuerySet(QuerySet["PayoutAccount"]):
    def visible_to(self, actor: Actor) -> "PayoutAccountQuerySet":
        """One's own party's; finance staff see all."""
        if StaffRole.FINANCE in actor.staff_roles:
            return self
        return self.filter(party_id=actor.party_id) if actor.party_id else self.none()


class PayoutAccount(models.Model):
    """Where a party is paid by one provider: its account there, and what the provider says of the bank account behind
    it.

    The number itself is typed on the provider's page and never comes here.
    """

    public_id = PublicIdField(prefix="pac")
    party = models.ForeignKey(
        "accounts.Party", on_delete=models.PROTECT, related_name="payout_accounts", verbose_name=_("payee")
    )
    provider = models.CharField(_("provider"), max_length=20)
    provider_payee = models.CharField(_("the provider's payee"), max_length=80, blank=True)
    holder = models.CharField(_("name on the account"), max_length=120, blank=True)
    bank_name = models.CharField(_("bank"), max_length=120, blank=True)
    last4 = models.CharField(_("last four digits"), max_length=4, blank=True)
    fingerprint = models.CharField(_("fingerprint"), max_length=64, blank=True)
    payouts_enabled = models.BooleanField(_("can be paid"), default=False)
    wanted = models.JSONField(_("still wanted"), default=list, blank=True)  # `answers.Wanted`
    epoch = models.PositiveSmallIntegerField(_("attempt"), default=0)
    created_at = models.DateTimeField(_("created"), default=clock.now)
    checked_at = models.DateTimeField(_("last asked"), default=clock.now)
    changed_at = models.DateTimeField(_("changed"), null=True)

    objects = PayoutAccountQuerySet.as_manager()

    class Meta:
        verbose_name = _("payout account")
        verbose_name_plural = _("payout accounts")
        constraints = [models.UniqueConstraint(fields=["party", "provider"], name="payout_account_one_per_provider")]
        indexes = [
            models.Index(fields=["fingerprint"], name="payout_account_shared"),
            models.Index(fields=["checked_at"], name="payout_account_asked"),
        ]

    def __str__(self) -> str:
        return f"{self.bank_name} •••• {self.last4}"
