from django.db import models
from django.db.models import Q, QuerySet

from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.core.fields import PublicIdField


class NoticeQuerySet(QuerySet["Notice"]):
    def visible_to(self, actor: Actor) -> "NoticeQuerySet":
        """One's own, for the party acted for and for oneself."""
        return self.filter(Q(party_id=actor.party_id) | Q(party=None), user_id=actor.user_id)


class Notice(models.Model):
    """A line in somebody's feed: what happened, what is asked, by when. The words come from `kind` and `facts`."""

    public_id = PublicIdField(prefix="ntc")
    user = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="notices")
    party = models.ForeignKey("accounts.Party", null=True, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=60)
    facts = models.JSONField(default=dict)
    path = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField(default=clock.now)
    read_at = models.DateTimeField(null=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["user", "-id"], name="notice_feed"),
            models.Index(fields=["user"], name="notice_unread", condition=Q(read_at=None)),
        ]

    def __str__(self) -> str:
        return f"{self.kind} → {self.user_id}"
