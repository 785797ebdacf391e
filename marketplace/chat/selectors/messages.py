"""Reads about what was said, with what happened to it since."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from marketplace.chat.models import Conversation, Message, MessageChange
from marketplace.core.actor import Actor
from marketplace.core.errors import NotFound
from marketplace.core.search import Typed

KIND = MessageChange.Kind


@dataclass(slots=True)
class Said:
    """A message as it reads now. `moved` is the number of the last thing that happened to it; `reactions` are, by
    kind, who gave it: names by the key of the person.
    """

    message: Message
    text: str
    moved: int
    edited_at: datetime | None = None
    deleted: bool = False
    reactions: dict[str, dict[int, str]] = field(default_factory=dict)
    reply_to: "Said | None" = None

    @property
    def seq(self) -> int:
        return self.message.seq

    @property
    def files(self) -> list[str]:
        return [] if self.deleted else self.message.files


def get_message(actor: Actor, public_id: str) -> Message:
    """With its conversation and who wrote it. Raises NotFound; cards are nobody's."""
    shown = Message.objects.filter(conversation__in=Conversation.objects.visible_to(actor), by__isnull=False)
    try:
        return shown.select_related("conversation", "by", "party").get(public_id=public_id)
    except Message.DoesNotExist:
        raise NotFound from None


def messages_of(conversation: Conversation, *, before: int | None = None, size: int) -> list[Said]:
    """The newest `size`, or those before a number; in the order in which they were said."""
    found = conversation.messages.all()
    if before is not None:
        found = found.filter(seq__lt=before)
    return said(list(_with_people(found).order_by("-seq")[:size])[::-1])


def moved_between(conversation: Conversation, seq: int, last: int) -> list[Said]:
    """What was said, or altered, after the number `seq` and up to `last`; in the order in which it was said.

    Put over any older state, piece after piece, it makes the newest one.
    """
    changed = conversation.changes.filter(seq__gt=seq, seq__lte=last).values("message")
    found = conversation.messages.filter(Q(seq__gt=seq, seq__lte=last) | Q(pk__in=changed))
    return said(list(_with_people(found).order_by("seq")))


def cards_among(conversation: Conversation, *, size: int) -> list[Said]:
    """The cards among the newest `size`."""
    newest = conversation.messages.order_by("-seq").values("pk")[:size]
    return said(list(_with_people(Message.objects.filter(pk__in=newest).exclude(card=""))))


def said(messages: Sequence[Message]) -> list[Said]:
    """Each with what happened to it: a fixed number of queries."""
    replied = {one.reply_to_id: one.reply_to for one in messages if one.reply_to_id is not None}
    shown = {one.pk: Said(one, one.text, one.seq) for one in [*replied.values(), *messages] if one is not None}
    changes = MessageChange.objects.filter(message__in=list(shown)).order_by("seq").select_related("by")
    for change in changes:
        _apply(shown[change.message_id], change)
    for one in messages:
        shown[one.pk].reply_to = shown.get(one.reply_to_id)
    return [shown[one.pk] for one in messages]


def _apply(one: Said, change: MessageChange) -> None:
    """One step of the fold: the old state and a change make the new one."""
    one.moved = max(one.moved, change.seq)
    if change.kind == KIND.EDIT:
        one.text, one.edited_at = change.text, change.at
    elif change.kind == KIND.DELETE:
        one.text, one.deleted, one.reactions = "", True, {}
    elif change.kind == KIND.REACT:
        one.reactions.setdefault(change.reaction, {})[change.by_id] = change.by.name
    else:
        del one.reactions[change.reaction][change.by_id]
        if not one.reactions[change.reaction]:
            del one.reactions[change.reaction]


def is_reacted(message: Message, user_id: int | None, reaction: str) -> bool:
    last = message.changes.filter(by_id=user_id, reaction=reaction).order_by("-seq").first()
    return last is not None and last.kind == KIND.REACT


def is_deleted(message: Message) -> bool:
    return message.changes.filter(kind=KIND.DELETE).exists()


def words_now(message: Message) -> str:
    """Nothing of what was deleted."""
    return said([message])[0].text


def words_ever(message: Message) -> str:
    """As it was said first, with what was made of it since: for whoever must judge nothing is hidden."""
    later = message.changes.filter(kind__in=[KIND.EDIT, KIND.DELETE]).order_by("seq")
    said_ = [message.text, *(f"→ {one.text or '×'}" for one in later)]
    return "\n".join(said_)


def last_words(conversations: Iterable[Conversation]) -> dict[int, Said]:
    """The last message of each, by the conversation's key: two queries."""
    newest = Message.objects.filter(conversation__in=list(conversations), seq=F("conversation__said_seq"))
    return {one.message.conversation_id: one for one in said(list(_with_people(newest)))}


def find_messages(actor: Actor, typed: str) -> QuerySet[Message]:
    """Messages of the actor's party's conversations that hold these words as they read now. What was deleted, and what
    an edit took away, is nobody's to find.
    """
    edits = MessageChange.objects.filter(kind=KIND.EDIT)
    newer = edits.filter(message=OuterRef("message"), seq__gt=OuterRef("seq"))
    edited = edits.filter(~Exists(newer), search=Typed(typed)).values("message")
    as_said = Q(search=Typed(typed)) & ~Q(pk__in=edits.values("message"))
    found = Message.objects.filter(as_said | Q(pk__in=edited), conversation__in=Conversation.objects.visible_to(actor))
    deleted = MessageChange.objects.filter(kind=KIND.DELETE).values("message")
    return _with_people(found.exclude(pk__in=deleted)).select_related("conversation")


def read_by_others(conversation: Conversation, party_id: int | None) -> tuple[int, int]:
    """Up to which number something has arrived with every other party, and every one has read: by anybody of it."""
    others = conversation.participants.exclude(party_id=party_id).values_list("party_id", flat=True)
    arrived, read = dict.fromkeys(others, 0), dict.fromkeys(others, 0)
    marks = conversation.read_marks.filter(party_id__in=list(arrived)).values_list("party_id", "arrived_seq", "seq")
    for party, arrived_seq, seq in marks:
        arrived[party] = max(arrived[party], arrived_seq, seq)
        read[party] = max(read[party], seq)
    return min(arrived.values(), default=0), min(read.values(), default=0)


def _with_people(messages: QuerySet[Message]) -> QuerySet[Message]:
    return messages.select_related("by", "party", "reply_to__by", "reply_to__party")
