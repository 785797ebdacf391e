from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from marketplace.campaigns.machine import OfferState
from marketplace.contracts.terms import DealTerms
from marketplace.core import clock
from marketplace.core.fields import PublicIdField, StateField, one_of
from marketplace.core.money import Money


class Side(models.TextChoices):
    MERCHANT = "merchant", _("Merchant")
    ANCHOR = "anchor", _("Anchor")


class Offer(models.Model):
    """One line in the log of a negotiation: whole terms, by one side. At most one is open; the terms never change."""

    public_id = PublicIdField(prefix="off")
    application = models.ForeignKey(
        "campaigns.Application", on_delete=models.PROTECT, related_name="offers", verbose_name=_("application")
    )
    number = models.PositiveSmallIntegerField(_("number"))
    side = models.CharField(_("side"), max_length=8, choices=Side.choices)
    by_party = models.ForeignKey("accounts.Party", on_delete=models.PROTECT, related_name="+", verbose_name=_("party"))
    by_user = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+", verbose_name=_("person"))
    terms = models.JSONField(_("terms"))
    message = models.TextField(_("message"), max_length=1000, blank=True)
    state = StateField(default=OfferState.OPEN)
    created_at = models.DateTimeField(_("created"), default=clock.now)
    expires_at = models.DateTimeField(_("lapses"))
    extended_at = models.DateTimeField(_("extended"), null=True, blank=True)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)

    class Meta:
        verbose_name = _("offer")
        verbose_name_plural = _("offers")
        constraints = [
            one_of("state", OfferState, name="offer_state"),
            models.UniqueConstraint(fields=["application", "number"], name="offer_number"),
            models.UniqueConstraint(fields=["application"], condition=Q(state="open"), name="offer_one_open"),
        ]

    def __str__(self) -> str:
        return f"{self.application_id} #{self.number}"

    @property
    def deal(self) -> DealTerms:
        return DealTerms.from_json(self.terms)

    @property
    def fee(self) -> Money:
        return Money(self.terms["fee_minor"], self.terms["currency"])
