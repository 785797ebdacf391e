from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from creators.machine import Proof
from marketplace.accounts.platforms import Platform
from marketplace.core import clock
from marketplace.core.fields import PublicIdField, StateField, one_of


class Channel(models.Model):
    """An account on a platform. Its figures are declared until staff have looked at it; what is changed is declared
    again.
    """

    public_id = PublicIdField(prefix="chn")
    file = models.ForeignKey(
        "creators.AnchorFile", on_delete=models.CASCADE, related_name="channels", verbose_name=_("anchor")
    )
    platform = models.CharField(_("Platform"), max_length=12, choices=Platform.choices)
    handle = models.CharField(_("Your name there"), max_length=60)
    link = models.URLField(_("Address of the page"), max_length=300, blank=True)
    followers = models.BigIntegerField(_("Followers"), default=0)
    state = StateField(default=Proof.DECLARED)
    verified_at = models.DateTimeField(_("looked at on"), null=True, blank=True)
    verified_by = models.ForeignKey(
        "accounts.User",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("looked at by"),
    )
    updated_at = models.DateTimeField(_("changed on"), default=clock.now)

    class Meta:
        verbose_name = _("channel")
        verbose_name_plural = _("channels")
        constraints = [
            one_of("state", Proof, name="channel_state"),
            models.CheckConstraint(condition=Q(followers__gte=0), name="channel_followers"),
            models.CheckConstraint(
                condition=~Q(state=Proof.VERIFIED) | Q(verified_at__isnull=False, verified_by__isnull=False),
                name="channel_verified_by_someone",
            ),
            models.UniqueConstraint("file", "platform", Lower("handle"), name="channel_once"),
            # Two may claim the same account; only one can have proved that it is hers.
            models.UniqueConstraint(
                "platform", Lower("handle"), condition=Q(state=Proof.VERIFIED), name="channel_verified_once"
            ),
        ]
        indexes = [models.Index(fields=["state", "-id"], name="channel_queue")]

    def __str__(self) -> str:
        return f"{self.get_platform_display()} @{self.handle}"

    @property
    def is_verified(self) -> bool:
        return self.state == Proof.VERIFIED
