from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from marketplace.chat.models.conversation import Conversation
from marketplace.core import clock
from marketplace.core.database_roles import APPEND
from marketplace.core.fields import PublicIdField
from marketplace.core.models.event import APPEND_ONLY
from marketplace.core.search import search_document

LONGEST = 4_000
_IS_CARD = Q(party=None, by=None, text="", files=[], reply_to=None) & ~Q(card="") & ~Q(card_id="")
_IS_SAID = Q(party__isnull=False, by__isnull=False, card="", card_id="") & (~Q(text="") | ~Q(files=[]))


class Message(models.Model):
    """Said once, by a person for a party; or a card: what the platform shows of the thing that is talked about.

    `client_id` is the browser's own number: what comes twice is kept once. What was said is never altered: an edit, a
    deletion or a reaction is a row of its own (`MessageChange`), and what one reads is both together. A card has no
    words: `card` says which kind of thing it shows, `card_id` which one, and the reader is shown how that stands now.
    """

    database_rights = APPEND

    public_id = PublicIdField(prefix="msg")
    conversation = models.ForeignKey(Conversation, on_delete=models.PROTECT, related_name="messages")
    seq = models.PositiveIntegerField(_("number"))
    party = models.ForeignKey(
        "accounts.Party", null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("party")
    )
    by = models.ForeignKey("accounts.User", null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("by"))
    client_id = models.CharField(max_length=40, blank=True)
    text = models.TextField(_("text"), max_length=LONGEST, blank=True)
    files = ArrayField(models.CharField(max_length=40), verbose_name=_("files"), default=list, blank=True)
    reply_to = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    warned = models.BooleanField(_("sent after a warning about contact details"), default=False)
    card = models.CharField(max_length=20, blank=True)
    card_id = models.CharField(max_length=60, blank=True)
    at = models.DateTimeField(_("time"), default=clock.now)
    search = search_document("text")

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        constraints = [
            models.UniqueConstraint(fields=["conversation", "seq"], name="message_seq"),
            models.UniqueConstraint(fields=["conversation", "by", "client_id"], name="message_once"),
            models.UniqueConstraint(
                fields=["conversation", "card", "card_id"], name="message_card_once", condition=~Q(card="")
            ),
            models.CheckConstraint(condition=Q(seq__gt=0) & (_IS_SAID | _IS_CARD), name="message_says_something"),
        ]
        indexes = [
            models.Index(fields=["by", "at"], name="message_pace"),
            GinIndex(fields=["search"], name="message_search"),
            GinIndex(fields=["files"], name="message_files"),  # who may fetch a file is asked by its id
        ]
        triggers = APPEND_ONLY

    def __str__(self) -> str:
        return f"{self.conversation_id}#{self.seq}"


class MessageChange(models.Model):
    """Something that happened to a message after it was said. Its number is one of the conversation's."""

    database_rights = APPEND

    class Kind(models.TextChoices):
        EDIT = "edit"
        DELETE = "delete"
        REACT = "react"
        UNREACT = "unreact"

    conversation = models.ForeignKey(Conversation, on_delete=models.PROTECT, related_name="changes")
    seq = models.PositiveIntegerField()
    message = models.ForeignKey(Message, on_delete=models.PROTECT, related_name="changes")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    text = models.TextField(max_length=LONGEST, blank=True)
    reaction = models.CharField(max_length=12, blank=True)
    by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)
    search = search_document("text")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["conversation", "seq"], name="change_seq"),
            models.UniqueConstraint(fields=["message"], name="change_deleted_once", condition=Q(kind="delete")),
            models.CheckConstraint(
                condition=Q(kind="edit", reaction="") & ~Q(text="")
                | Q(kind="delete", reaction="", text="")
                | Q(kind__in=["react", "unreact"], text="") & ~Q(reaction=""),
                name="change_says_what",
            ),
        ]
        indexes = [GinIndex(fields=["search"], name="change_search")]
        triggers = APPEND_ONLY

    def __str__(self) -> str:
        return f"{self.conversation_id}#{self.seq}: {self.kind} of {self.message_id}"


class Mention(models.Model):
    """A message names a person: she is told at once."""

    database_rights = APPEND

    message = models.ForeignKey(Message, on_delete=models.PROTECT, related_name="mentions")
    user = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["message", "user"], name="mention_once")]
        triggers = APPEND_ONLY

    def __str__(self) -> str:
        return f"{self.message_id} names {self.user_id}"
