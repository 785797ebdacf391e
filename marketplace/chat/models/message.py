from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from marketplace.chat.models.conversation import Conversation
from marketplace.core import clock
from marketplace.core.database_roles import APPEND
from marketplace.core.fields import PublicIdField
from marketplace.core.models.event import APPEND_ONLY

LONGEST = 4_000


class Message(models.Model):
    """Said once, by a person for a party. `client_id` is the browser's own number: what comes twice is kept once."""

    database_rights = APPEND

    public_id = PublicIdField(prefix="msg")
    conversation = models.ForeignKey(Conversation, on_delete=models.PROTECT, related_name="messages")
    seq = models.PositiveIntegerField(_("number"))
    party = models.ForeignKey("accounts.Party", on_delete=models.PROTECT, related_name="+", verbose_name=_("party"))
    by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+", verbose_name=_("by"))
    client_id = models.CharField(max_length=40)
    text = models.TextField(_("text"), max_length=LONGEST)
    at = models.DateTimeField(_("time"), default=clock.now)

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        constraints = [
            models.UniqueConstraint(fields=["conversation", "seq"], name="message_seq"),
            models.UniqueConstraint(fields=["conversation", "by", "client_id"], name="message_once"),
            models.CheckConstraint(condition=Q(seq__gt=0) & ~Q(text=""), name="message_says_something"),
        ]
        indexes = [models.Index(fields=["by", "at"], name="message_pace")]
        triggers = APPEND_ONLY

    def __str__(self) -> str:
        return f"{self.conversation_id}#{self.seq}"
