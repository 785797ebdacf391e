"""The two round trips of a message: what is known before it, under the locks, and keeping it under the next number."""

from dataclasses import dataclass
from datetime import datetime

from psycopg.pq.abc import PGresult

from marketplace.chat.models import Conversation, Message
from marketplace.chat.steps.waiting import UNREAD
from marketplace.core import locks
from marketplace.core.actor import Actor
from marketplace.core.errors import NotFound
from marketplace.core.round_trip import call
from marketplace.core.tx import step


@dataclass(frozen=True, slots=True)
class Entered:
    """`known`: the key of the message that has this number of the browser already. `lately`: how many this person said
    since the given moment. `waits`: a mail about what is unread is due already."""

    conversation: Conversation
    parties: list[str]
    known: int | None
    is_blocked: bool
    lately: int
    waits: bool


@step
def enter(actor: Actor, public_id: str, *, client_id: str, since: datetime) -> Entered:
    """Lock the speaker, then the conversation: two tabs at once are counted one after the other. Raises NotFound."""
    locks.take("user")
    locks.take("conversation")
    asked = [public_id, number(actor.user_id), number(actor.party_id), client_id, since.isoformat(), UNREAD]
    which, about, title, known, parties, blocked, lately, waits = row(call("chat_enter", asked))
    if which is None:
        raise NotFound
    conversation = Conversation.from_db(
        "default", ["id", "public_id", "about", "title"], [int(which), public_id, about, title]
    )
    return Entered(
        conversation=conversation,
        parties=(parties or "").split(),
        known=int(known) if known else None,
        is_blocked=blocked == "t" and not conversation.is_bound,
        lately=int(lately or 0),
        waits=waits == "t",
    )


@step
def keep(message: Message) -> None:
    """Keep it under the conversation's next number, which is its own from then on. The caller has locked the
    conversation."""
    conversation = message.conversation
    values = [
        number(conversation.pk),
        message.public_id,
        number(message.party_id),
        number(message.by_id),
        message.client_id,
        message.text,
        "{" + ",".join(message.files) + "}",  # ids of our own
        number(message.reply_to_id),
        "t" if message.warned else "f",
        message.card,
        message.card_id,
        message.at.isoformat(),
    ]
    key, seq = row(call("chat_say", values))
    message.pk, message.seq = int(key), int(seq)
    message._state.adding, message._state.db = False, "default"  # as `save` leaves it
    conversation.last_seq = conversation.said_seq = message.seq
    conversation.last_at = message.at


def number(value: int | None) -> str | None:
    return None if value is None else str(value)


def row(result: PGresult) -> list[str | None]:
    found = (result.get_value(0, column) for column in range(result.nfields))
    return [None if value is None else value.decode() for value in found]
