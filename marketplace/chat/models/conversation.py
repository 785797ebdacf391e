from django.db import models
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.core.fields import PublicIdField


class About(models.TextChoices):
    """What parties talk about. Only under a contract are they bound to each other."""

    TASK = "task", _("V task")
    APPLICATION = "application", _("Application")
    CONTRACT = "contract", _("Contract")


class ConversationQuerySet(QuerySet["Conversation"]):
    def visible_to(self, actor: Actor) -> "ConversationQuerySet":
        """Those of the party that the actor acts for."""
        if actor.party_id is None:
            return self.none()
        return self.filter(participants__party_id=actor.party_id)


class Conversation(models.Model):
    """What parties say to each other about one thing.

    `last_seq` is the number of the last thing that happened in it, a message or a change of one: without a gap, in the
    order in which it happened. `said_seq` is the number of the last message.
    """

    public_id = PublicIdField(prefix="cnv")
    about = models.CharField(_("about a"), max_length=12, choices=About.choices, default=About.CONTRACT)
    subject = models.CharField(_("about"), max_length=80, unique=True)  # a public id, or two where it takes two
    title = models.CharField(_("title"), max_length=120)
    path = models.CharField(_("page"), max_length=200)  # where the thing itself stands
    opened_by = models.ForeignKey(
        "accounts.User", null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("opened by")
    )
    last_seq = models.PositiveIntegerField(_("last number"), default=0)
    said_seq = models.PositiveIntegerField(_("number of the last message"), default=0)
    last_at = models.DateTimeField(_("last message"), null=True)
    created_at = models.DateTimeField(_("created"), default=clock.now)

    objects = ConversationQuerySet.as_manager()

    class Meta:
        verbose_name = _("conversation")
        verbose_name_plural = _("conversations")
        constraints = [
            models.CheckConstraint(condition=Q(about__in=About.values), name="conversation_about"),
            models.CheckConstraint(
                condition=Q(last_seq=0, said_seq=0, last_at=None) | Q(said_seq__gt=0, last_at__isnull=False),
                name="conversation_last",
            ),
            models.CheckConstraint(condition=Q(said_seq__lte=models.F("last_seq")), name="conversation_said"),
        ]
        indexes = [
            models.Index(fields=["-last_at", "-id"], name="conversation_latest", condition=Q(said_seq__gt=0)),
            models.Index(fields=["opened_by", "created_at"], name="conversation_pace"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_bound(self) -> bool:
        """Its sides have a contract with each other."""
        return self.about == About.CONTRACT


class Participant(models.Model):
    """A party that takes part: all of its people read, and who may message writes."""

    conversation = models.ForeignKey(Conversation, on_delete=models.PROTECT, related_name="participants")
    party = models.ForeignKey("accounts.Party", on_delete=models.PROTECT, related_name="+", verbose_name=_("party"))

    class Meta:
        constraints = [models.UniqueConstraint(fields=["conversation", "party"], name="participant_once")]

    def __str__(self) -> str:
        return f"{self.party_id} in {self.conversation_id}"


class ReadMark(models.Model):
    """How a person stands to a conversation, for the party that she acted for: up to which number an open page of hers
    has heard of it (`arrived_seq`), up to which she has read (`seq`), up to which a mail told her (`told_seq`), and
    since when she wants no mails and no count of it (`muted_at`).
    """

    conversation = models.ForeignKey(Conversation, on_delete=models.PROTECT, related_name="read_marks")
    party = models.ForeignKey("accounts.Party", on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    arrived_seq = models.PositiveIntegerField(default=0)
    seq = models.PositiveIntegerField(default=0)
    told_seq = models.PositiveIntegerField(default=0)
    muted_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["conversation", "party", "user"], name="read_mark_once")]

    def __str__(self) -> str:
        return f"{self.user_id} read {self.conversation_id} up to {self.seq}"


class Block(models.Model):
    """`party` hears nothing more of `blocked`, but under a contract that binds both."""

    party = models.ForeignKey("accounts.Party", on_delete=models.PROTECT, related_name="+", verbose_name=_("party"))
    blocked = models.ForeignKey("accounts.Party", on_delete=models.PROTECT, related_name="+", verbose_name=_("blocked"))
    by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("time"), default=clock.now)

    class Meta:
        verbose_name = _("block")
        verbose_name_plural = _("blocks")
        constraints = [
            models.UniqueConstraint(fields=["party", "blocked"], name="block_once"),
            models.CheckConstraint(condition=~Q(party=models.F("blocked")), name="block_of_another"),
        ]

    def __str__(self) -> str:
        return f"{self.party_id} blocks {self.blocked_id}"
