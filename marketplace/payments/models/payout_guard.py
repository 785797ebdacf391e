from django.db import models
from django.utils.translation import gettext_lazy as _

from marketplace.core import clock


class PayoutGuard(models.Model):
    """What keeps a party's payouts back: a recent change of who can get at them, or a freeze that somebody mailed about
    it has asked for, or that finance staff put on it (`frozen_by`)."""

    class Change(models.TextChoices):
        PASSWORD = "password", _("Password")
        EMAIL = "email", _("E-mail address")
        SECOND_FACTOR = "second_factor", _("Second factor")
        PAYOUT_ACCOUNT = "payout_account", _("Payout account")
        FINANCE_MEMBER = "finance_member", _("Owner or finance member")

    party = models.OneToOneField(
        "accounts.Party", on_delete=models.PROTECT, related_name="payout_guard", verbose_name=_("payee")
    )
    change = models.CharField(_("changed"), max_length=20, choices=Change.choices, blank=True)
    changed_at = models.DateTimeField(_("changed at"), null=True, default=clock.now)
    frozen_at = models.DateTimeField(_("frozen since"), null=True, blank=True)
    frozen_by = models.ForeignKey(
        "accounts.User", null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("frozen by")
    )

    class Meta:
        verbose_name = _("payout guard")
        verbose_name_plural = _("payout guards")

    def __str__(self) -> str:
        return f"{self.party_id} {self.change}"
