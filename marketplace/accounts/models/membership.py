from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from marketplace.core import clock


class RoleChoice(models.TextChoices):
    OWNER = "owner", _("Owner")
    MANAGER = "manager", _("Manager")
    FINANCE = "finance", _("Finance")
    MEMBER = "member", _("Member")
    VIEWER = "viewer", _("Viewer")


class Membership(models.Model):
    """Ties a user to a party. Never deleted: who could act when is part of every history."""

    user = models.ForeignKey(
        "accounts.User",
        on_delete=models.PROTECT,
        related_name="memberships",
        verbose_name=_("person"),
    )
    party = models.ForeignKey(
        "accounts.Party",
        on_delete=models.PROTECT,
        related_name="memberships",
        verbose_name=_("party"),
    )
    role = models.CharField(_("role"), max_length=10, choices=RoleChoice.choices)
    can_sign = models.BooleanField(_("may sign contracts"), default=False)
    created_at = models.DateTimeField(_("created"), default=clock.now)
    removed_at = models.DateTimeField(_("left"), null=True, blank=True)

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = [
            models.UniqueConstraint(fields=["user", "party"], condition=Q(removed_at=None), name="membership_once"),
            models.CheckConstraint(condition=Q(role__in=RoleChoice.values), name="membership_role"),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.party} · {self.role}"
