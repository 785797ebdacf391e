from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q, QuerySet
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext_lazy as _

from marketplace.accounts.models.party import PartyState
from marketplace.accounts.scopes import Scope
from marketplace.core import clock
from marketplace.core.actor import Actor, Role
from marketplace.core.fields import PublicIdField


class AccessTokenQuerySet(QuerySet["AccessToken"]):
    def visible_to(self, actor: Actor) -> "AccessTokenQuerySet":
        """One's own for the party that one acts for; its owners see everybody's."""
        if actor.party_id is None:
            return self.none()
        of_party = self.filter(membership__party_id=actor.party_id)
        return of_party if actor.role == Role.OWNER else of_party.filter(membership__user_id=actor.user_id)


class AccessToken(models.Model):
    """What a program signs in with: a person in one of her parties, narrowed to scopes.

    It hangs on the membership, which is never deleted and never comes back: who is taken out of a party and invited
    again has a new one. `credential` is the fingerprint of the password at the time: any way of changing it ends this.
    """

    public_id = PublicIdField(prefix="tok")
    membership = models.ForeignKey("accounts.Membership", on_delete=models.PROTECT, related_name="tokens")
    name = models.CharField(_("name"), max_length=60)
    scopes = ArrayField(models.CharField(max_length=24, choices=Scope.choices))
    prefix = models.CharField(max_length=20)
    digest = models.CharField(max_length=64, unique=True)
    credential = models.CharField(max_length=128)
    created_at = models.DateTimeField(default=clock.now)
    expires_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    objects = AccessTokenQuerySet.as_manager()

    class Meta:
        verbose_name = _("access token")
        verbose_name_plural = _("access tokens")
        constraints = [
            models.CheckConstraint(condition=Q(expires_at__gt=models.F("created_at")), name="token_expires_later"),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.prefix}…)"

    @property
    def ended(self) -> str:
        """Why it opens nothing any more: revoked, expired, left, password, or inactive; empty while it works."""
        user = self.membership.user
        if self.revoked_at is not None:
            return "revoked"
        if self.expires_at <= clock.now():
            return "expired"
        if self.membership.removed_at is not None or self.membership.party.state == PartyState.CLOSED:
            return "left"
        if not user.is_active:
            return "inactive"
        known = (user.get_session_auth_hash(), *user.get_session_auth_fallback_hash())
        return "" if any(constant_time_compare(self.credential, one) for one in known) else "password"
