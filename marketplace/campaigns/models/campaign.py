from django.db import models
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from marketplace.core import clock
from marketplace.core.actor import Actor, StaffRole
from marketplace.core.fields import PublicIdField


class CampaignQuerySet(QuerySet["Campaign"]):
    def visible_to(self, actor: Actor) -> "CampaignQuerySet":
        """One's own party's; operations see all."""
        if StaffRole.OPERATIONS in actor.staff_roles:
            return self
        return self.filter(party_id=actor.party_id) if actor.party_id else self.none()


class Campaign(models.Model):
    """What several V tasks of one merchant belong to: an occasion, a launch, a season."""

    public_id = PublicIdField(prefix="cmp")
    party = models.ForeignKey("accounts.Party", on_delete=models.PROTECT, related_name="campaigns")
    name = models.CharField(_("name"), max_length=80)
    created_at = models.DateTimeField(default=clock.now)

    objects = CampaignQuerySet.as_manager()

    class Meta:
        verbose_name = _("campaign")
        verbose_name_plural = _("campaigns")
        constraints = [models.UniqueConstraint(fields=["party", "name"], name="campaign_once_a_name")]

    def __str__(self) -> str:
        return self.name
