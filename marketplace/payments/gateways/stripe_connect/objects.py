"""What many of Stripe's objects have in common."""

from collections.abc import Iterable
from typing import Any, TypeVar

from marketplace.core.money import Money
from marketplace.payments.answers import Fee

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


def fee_of(*lines: Any) -> Fee | None:
    """Of the balance transactions that a thing drew. Stripe may draw one a while after the thing itself."""
    told = [line for line in lines if line is not None]
    return Fee(money(sum(line.fee for line in told), told[0].currency), len(told)) if told else None
