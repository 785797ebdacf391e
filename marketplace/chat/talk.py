"""A conversation as it is drawn, on its own page or inside the page of what it is about."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field

from marketplace.accounts.models import Membership
from marketplace.chat.cards import Card, cards_of
from marketplace.chat.forms.message import MessageForm
from marketplace.chat.models import Conversation, ReadMark
from marketplace.chat.policies import CHAT, ChatAction
from marketplace.chat.reactions import REACTIONS
from marketplace.chat.selectors.conversations import is_blocked, mark_of, people_of
from marketplace.chat.selectors.messages import Said, cards_among, messages_of, moved_between, read_by_others
from marketplace.chat.services.messages import MAY_EDIT_FOR
from marketplace.chat.services.reading import mark_read
from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.media.selectors import FileView, PictureView, files_of, pictures_of

SHOWN = 50


@dataclass(frozen=True, slots=True)
class Reaction:
    name: str
    icon: str
    label: str
    names: str
    count: int
    mine: bool


@dataclass(frozen=True, slots=True)
class Line:
    """One message or card for one reader. `mine`: her party said it; `own`: she did."""

    said: Said
    card: Card | None
    mine: bool
    own: bool
    may_edit: bool
    may_delete: bool
    may_react: bool
    reactions: list[Reaction]
    files: list[FileView]
    pictures: list[PictureView]


@dataclass(frozen=True, slots=True)
class Marks:
    """How far the newest words of one's own party came: `sent`, `arrived` or `read`; nothing where the other side spoke
    last."""

    state: str = ""


@dataclass(frozen=True, slots=True)
class Log:
    """`last` is the number up to which this is everything; `more`: there was too much for once."""

    lines: list[Line]
    marks: Marks
    last: int
    more: bool = False


@dataclass(frozen=True, slots=True)
class Talk:
    """`earlier`: the number before which there is more."""

    conversation: Conversation
    log: Log
    earlier: int | None
    is_newest: bool
    form: MessageForm | None
    others: list[str]
    may_block: bool = False
    is_muted: bool = False
    is_blocked: bool = False
    people: list[dict[str, str]] = field(default_factory=list)


def shown(
    actor: Actor, conversation: Conversation, *, before: int | None = None, form: MessageForm | None = None
) -> Talk:
    """Whoever may not write gets no form. Who is shown it has read it."""
    messages = messages_of(conversation, before=before, size=SHOWN)
    last = conversation.last_seq if before is None else max((one.moved for one in messages), default=0)
    mark = mark_of(actor, conversation)
    _mark(actor, conversation, last, mark)
    people = people_of(conversation)
    first = messages[0].seq if messages else 1
    blocked = is_blocked(conversation, {one.party_id for one in people})
    may_write = CHAT.can(actor, ChatAction.SEND) and not blocked
    return Talk(
        conversation=conversation,
        log=Log(lines_of(actor, messages), marks_of(actor, conversation, messages), last),
        earlier=first if first > 1 else None,
        is_newest=before is None,
        form=(form or MessageForm(initial={"client_id": secrets.token_hex(16)})) if may_write else None,
        others=list(dict.fromkeys(one.party.name for one in people if one.party_id != actor.party_id)),
        may_block=CHAT.can(actor, ChatAction.BLOCK),
        is_muted=bool(mark and mark.muted_at),
        is_blocked=blocked,
        people=_names(people),
    )


def moved(actor: Actor, conversation: Conversation, since: int) -> Log:
    """What an open page has not seen yet. Who is shown it has read it."""
    last = min(conversation.last_seq, since + SHOWN)  # every number is taken: no more than so many entries
    messages = moved_between(conversation, since, last)
    if any(one.message.card for one in messages):
        messages = with_cards(messages, cards_among(conversation, size=SHOWN))  # what they show stands elsewhere now
    _mark(actor, conversation, last, mark_of(actor, conversation))
    marks = marks_of(actor, conversation, messages_of(conversation, size=1))
    return Log(lines_of(actor, messages), marks, max(last, since), more=last < conversation.last_seq)


def with_cards(messages: Sequence[Said], cards: Sequence[Said]) -> list[Said]:
    known = {one.message.pk for one in messages}
    return sorted([*messages, *(one for one in cards if one.message.pk not in known)], key=lambda one: one.seq)


def names_of(conversation: Conversation) -> list[dict[str, str]]:
    return _names(people_of(conversation))


def _names(people: Sequence[Membership]) -> list[dict[str, str]]:
    return [{"id": one.user.public_id, "name": one.user.name} for one in people]


def lines_of(actor: Actor, messages: Sequence[Said]) -> list[Line]:
    cards = cards_of(actor, [one.message for one in messages])
    wanted = [public_id for one in messages for public_id in one.files]
    files, pictures = files_of(actor, wanted), pictures_of(actor, wanted)
    may_write = CHAT.can(actor, ChatAction.SEND)
    now = clock.now()
    lines = []
    for one in messages:
        may_alter = not one.deleted and CHAT.can(actor, ChatAction.ALTER, one.message)
        line = Line(
            said=one,
            card=cards.get(one.message.pk),
            mine=one.message.party_id == actor.party_id,
            own=one.message.party_id == actor.party_id and one.message.by_id == actor.user_id,
            may_edit=may_alter and now - one.message.at <= MAY_EDIT_FOR,
            may_delete=may_alter,
            may_react=may_write and not one.deleted,
            reactions=reactions_of(actor, one),
            files=[files[public_id] for public_id in one.files if public_id in files],
            pictures=[pictures[public_id] for public_id in one.files if public_id in pictures],
        )
        lines.append(line)
    return [line for line in lines if line.card or not line.said.message.card]


def reactions_of(actor: Actor, one: Said) -> list[Reaction]:
    return [
        Reaction(name, kind.icon, str(kind.label), ", ".join(given.values()), len(given), actor.user_id in given)
        for name, kind in REACTIONS.items()
        if (given := one.reactions.get(name))
    ]


def marks_of(actor: Actor, conversation: Conversation, messages: Sequence[Said]) -> Marks:
    last = next((one for one in reversed(messages) if not one.message.card), None)
    if last is None or last.message.party_id != actor.party_id or last.seq < conversation.said_seq:
        return Marks()
    arrived, read = read_by_others(conversation, actor.party_id)
    if read >= last.seq:
        return Marks("read")
    return Marks("arrived" if arrived >= last.seq else "sent")


def _mark(actor: Actor, conversation: Conversation, seq: int, known: ReadMark | None) -> None:
    if seq > (known.seq if known else 0):
        mark_read(actor=actor, public_id=conversation.public_id, seq=seq)
