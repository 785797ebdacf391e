"""What the platform shows in a conversation beside words: how an offer, a piece of work, a signature stands now, with
what can be done about it. Apps above this one say how each kind is drawn."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from marketplace.chat.models import Message
from marketplace.core.actor import Actor


@dataclass(frozen=True, slots=True)
class Card:
    """`template` is drawn with `context` as `card`."""

    template: str
    context: object


Drawer = Callable[[Actor, list[str]], dict[str, Card]]
_drawers: dict[str, Drawer] = {}


def draws(kind: str) -> Callable[[Drawer], Drawer]:
    """Register who draws the cards of a kind: by the ids of what they show, all of a page at once; what the actor may
    not see is missing."""

    def register(drawer: Drawer) -> Drawer:
        _drawers[kind] = drawer
        return drawer

    return register


def cards_of(actor: Actor, messages: Iterable[Message]) -> dict[int, Card]:
    """By the key of the message."""
    wanted: dict[str, list[Message]] = {}
    for message in messages:
        if message.card in _drawers:
            wanted.setdefault(message.card, []).append(message)
    found: dict[int, Card] = {}
    for kind, those in wanted.items():
        drawn = _drawers[kind](actor, [one.card_id for one in those])
        found |= {one.pk: drawn[one.card_id] for one in those if one.card_id in drawn}
    return found
