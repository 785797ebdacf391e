import pgtrigger
from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

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

    aggregate = models.CharField(_("subject"), max_length=40)
    seq = models.PositiveIntegerField(_("number"))
    name = models.CharField(_("name"), max_length=80)
    from_state = models.CharField(_("from"), max_length=32, blank=True)
    to_state = models.CharField(_("to"), max_length=32, blank=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        verbose_name=_("who"),
    )
    # Which party the actor acted for; an id and no key, because core stands below accounts.
    party = models.BigIntegerField(_("party"), null=True)
    source = models.CharField(_("way in"), max_length=12)
    label = models.CharField(_("label"), max_length=80, blank=True)
    request_id = models.CharField(_("request"), max_length=40, blank=True)
    at = models.DateTimeField(_("time"))
    data = models.JSONField(_("facts"), default=dict)

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        constraints = [models.UniqueConstraint(fields=["aggregate", "seq"], name="event_once_per_seq")]
        indexes = [
            models.Index(fields=["name", "id"], name="event_by_name"),
            models.Index(fields=["actor", "-id"], name="event_by_actor", condition=models.Q(actor__isnull=False)),
        ]
        triggers = APPEND_ONLY

    def __str__(self) -> str:
        return f"{self.aggregate}#{self.seq} {self.name}"
