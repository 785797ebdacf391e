from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from marketplace.accounts.machine import InvitationState
from marketplace.accounts.models.membership import RoleChoice
from marketplace.core import clock
from marketplace.core.fields import PublicIdField, StateField, one_of


class Invitation(models.Model):
    """An e-mail asking somebody to join a party. The link is its unguessable id, and only the invited
    address can use it."""

    public_id = PublicIdField(prefix="inv")
    party = models.ForeignKey(
        "accounts.Party",
        on_delete=models.PROTECT,
        related_name="invitations",
        verbose_name=_("party"),
    )
    email = models.EmailField(_("e-mail"))
    role = models.CharField(_("role"), max_length=10, choices=RoleChoice.choices)
    can_sign = models.BooleanField(_("may sign contracts"), default=False)
    language = models.CharField(_("language"), max_length=10, default="en")
    invited_by = models.ForeignKey(
        "accounts.User",
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("invited by"),
    )
    state = StateField(default=InvitationState.PENDING)
    created_at = models.DateTimeField(_("created"), default=clock.now)
    expires_at = models.DateTimeField(_("lapses"))

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        constraints = [
            one_of("state", InvitationState, name="invitation_state"),
            models.UniqueConstraint(
                "party", Lower("email"), condition=Q(state="pending"), name="invitation_one_pending"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.party} → {self.email}"
