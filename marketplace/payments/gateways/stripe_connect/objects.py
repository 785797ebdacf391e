"""What many of Stripe's objects have in common."""

from collections.abc import Iterable
from typing import Any, TypeVar

from marketplace.core.money import Money

T = TypeVar("T")
PAGE = 100


def money(amount: int, currency: str) -> Money:
    """Stripe writes currencies in lower case."""
    return Money(amount, currency.upper())


def reference_of(thing: Any) -> str:
    """The public id of ours that the object carries; empty for what somebody else made."""
    return str(thing.metadata.to_dict().get("reference", "")) if thing.metadata else ""


def carrying(things: Iterable[T], reference: str) -> T | None:
    """The first that carries our reference."""
    return next((thing for thing in things if reference_of(thing) == reference), None)


def id_of(named: Any) -> str:
    """The id of what is named by its id or told whole."""
    if named is None:
        return ""
    return named if isinstance(named, str) else str(named.id)
