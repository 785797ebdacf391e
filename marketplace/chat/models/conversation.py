from django.db import models
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.core.fields import PublicIdField


class ConversationQuerySet(QuerySet["Conversation"]):
    def visible_to(self, actor: Actor) -> "ConversationQuerySet":
        """Those of the party that the actor acts for."""
        if actor.party_id is None:
            return self.none()
        return self.filter(participants__party_id=actor.party_id)


class Conversation(models.Model):
    """What parties say to each other about one thing. `last_seq` is the number of the last message: without a gap, and
    in the order in which they were said.
    """

    public_id = PublicIdField(prefix="cnv")
    subject = models.CharField(_("about"), max_length=40, unique=True)  # a public id
    title = models.CharField(_("title"), max_length=120)
    path = models.CharField(_("page"), max_length=200)  # where the thing itself stands
    last_seq = models.PositiveIntegerField(_("messages"), default=0)
    last_at = models.DateTimeField(_("last message"), null=True)
    created_at = models.DateTimeField(_("created"), default=clock.now)

    objects = ConversationQuerySet.as_manager()

    class Meta:
        verbose_name = _("conversation")
        verbose_name_plural = _("conversations")
        constraints = [
            models.CheckConstraint(
                condition=Q(last_seq=0, last_at=None) | Q(last_seq__gt=0, last_at__isnull=False),
                name="conversation_last",
            )
        ]
        indexes = [models.Index(fields=["-last_at", "-id"], name="conversation_latest", condition=Q(last_seq__gt=0))]

    def __str__(self) -> str:
        return self.title


class Participant(models.Model):
    """A party that takes part: all of its people read, and who may message writes."""

    conversation = models.ForeignKey(Conversation, on_delete=models.PROTECT, related_name="participants")
    party = models.ForeignKey("accounts.Party", on_delete=models.PROTECT, related_name="+", verbose_name=_("party"))

    class Meta:
        constraints = [models.UniqueConstraint(fields=["conversation", "party"], name="participant_once")]

    def __str__(self) -> str:
        return f"{self.party_id} in {self.conversation_id}"


class ReadMark(models.Model):
    """Up to which message a person has read, for the party that she acted for, and up to which a mail told her."""

    conversation = models.ForeignKey(Conversation, on_delete=models.PROTECT, related_name="read_marks")
    party = models.ForeignKey("accounts.Party", on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    seq = models.PositiveIntegerField(default=0)
    told_seq = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["conversation", "party", "user"], name="read_mark_once")]

    def __str__(self) -> str:
        return f"{self.user_id} read {self.conversation_id} up to {self.seq}"
