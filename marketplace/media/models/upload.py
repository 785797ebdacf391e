from datetime import datetime

from django.db import models
from django.db.models import F, Q, QuerySet

from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.core.fields import PublicIdField, StateField, one_of
from marketplace.media.limits import UPLOAD_HOURS
from marketplace.media.machine import UploadState
from marketplace.media.models.asset import Asset, new_token


def in_a_day() -> datetime:
    return clock.in_(hours=UPLOAD_HOURS)


class UploadQuerySet(QuerySet["Upload"]):
    def visible_to(self, actor: Actor) -> "UploadQuerySet":
        """One's own, while acting for the party that it is for."""
        return self.filter(user_id=actor.user_id, party_id=actor.party_id)


class Upload(models.Model):
    """A file that arrives in parts. How much of it is here is the length of its file; `received_bytes` follows it."""

    public_id = PublicIdField(prefix="upl")
    party = models.ForeignKey("accounts.Party", on_delete=models.PROTECT, related_name="uploads")
    user = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    purpose = models.CharField(max_length=40)
    name = models.CharField(max_length=200)
    size_bytes = models.BigIntegerField()
    received_bytes = models.BigIntegerField(default=0)
    state = StateField(default=UploadState.RECEIVING)
    reason = models.CharField(max_length=40, blank=True)
    token = models.CharField(max_length=40, default=new_token, unique=True)
    asset = models.ForeignKey(Asset, on_delete=models.PROTECT, null=True, related_name="uploads")
    created_at = models.DateTimeField(default=clock.now)
    expires_at = models.DateTimeField(default=in_a_day)

    objects = UploadQuerySet.as_manager()

    class Meta:
        constraints = [
            one_of("state", UploadState, name="upload_state"),
            models.CheckConstraint(
                condition=Q(size_bytes__gt=0, received_bytes__gte=0, received_bytes__lte=F("size_bytes")),
                name="upload_bytes",
            ),
            models.CheckConstraint(condition=~Q(state="finished") | Q(asset__isnull=False), name="upload_asset"),
        ]
        indexes = [
            models.Index(fields=["party", "created_at"], name="upload_by_party"),
            models.Index(fields=["expires_at"], name="upload_open", condition=Q(state="receiving")),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.received_bytes}/{self.size_bytes} {self.state}"
