import pgtrigger
from django.conf import settings
from django.db import models

from marketplace.core.database_roles import APPEND

APPEND_ONLY = [
    pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
    pgtrigger.Trigger(
        name="never_truncated",
        level=pgtrigger.Statement,
        when=pgtrigger.Before,
        operation=pgtrigger.Truncate,
        func="RAISE EXCEPTION 'history is append-only: % is never truncated', TG_TABLE_NAME;",
    ),
]


class Event(models.Model):
    """What happened: transition log, timeline, audit and outbox source in one append-only table."""

    database_rights = APPEND

    aggregate = models.CharField(max_length=40)
    seq = models.PositiveIntegerField()
    name = models.CharField(max_length=80)
    from_state = models.CharField(max_length=32, blank=True)
    to_state = models.CharField(max_length=32, blank=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    # Which party the actor acted for; an id and no key, because core stands below accounts.
    party = models.BigIntegerField(null=True)
    source = models.CharField(max_length=12)
    label = models.CharField(max_length=80, blank=True)
    request_id = models.CharField(max_length=40, blank=True)
    at = models.DateTimeField()
    data = models.JSONField(default=dict)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["aggregate", "seq"], name="event_once_per_seq")]
        indexes = [
            models.Index(fields=["name", "id"], name="event_by_name"),
            models.Index(fields=["actor", "-id"], name="event_by_actor", condition=models.Q(actor__isnull=False)),
        ]
        triggers = APPEND_ONLY

    def __str__(self) -> str:
        return f"{self.aggregate}#{self.seq} {self.name}"
