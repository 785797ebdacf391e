"""Filters that live in the address: one spelling each, so that it can be kept, shared and compared."""

from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any, ClassVar
from urllib.parse import urlencode

from django.db.models.enums import ChoicesType
from django.http import QueryDict

from marketplace.http.keyset import Order

LONGEST = 80  # characters of what is typed
DIGITS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """The base of what somebody looks for. A subclass adds its fields, their defaults, and its `SORTS`.

    A field with many choices is a sorted tuple.
    """

    SORTS: ClassVar[dict[str, Order]]

    q: str = ""
    sort: str = ""

    def pairs(self) -> list[tuple[str, str]]:
        """The choices in a fixed order; defaults are left out."""
        found: list[tuple[str, str]] = []
        for field in fields(self):
            value = getattr(self, field.name)
            if value == field.default:
                continue
            values = value if isinstance(value, tuple) else ("1",) if value is True else (value,)
            found += [(field.name, one.isoformat() if isinstance(one, date) else str(one)) for one in values]
        return found

    def query(self, **changed: Any) -> str:
        """The address in its one spelling."""
        return urlencode(replace(self, **changed).pairs())

    def toggled(self, name: str, value: str) -> str:
        """The address with one choice more, or one less."""
        chosen = getattr(self, name)
        without = tuple(one for one in chosen if one != value)
        return self.query(**{name: without if value in chosen else tuple(sorted((*chosen, value)))})

    @property
    def narrows(self) -> bool:
        """More than an order is asked for."""
        return bool(self.query(sort=type(self).sort_by_default()))

    @property
    def order(self) -> Order:
        return self.SORTS[self.sort or self.sort_by_default()]

    @classmethod
    def sort_by_default(cls) -> str:
        return next(field.default for field in fields(cls) if field.name == "sort")


def words(data: QueryDict) -> str:
    """What was typed; a NUL would be an error of the database."""
    return data.get("q", "").replace("\0", "").strip()[:LONGEST]


def chosen(data: QueryDict, choices: dict[str, ChoicesType]) -> dict[str, tuple[str, ...]]:
    """Of each field with many choices, those that exist, sorted."""
    return {name: tuple(sorted(set(data.getlist(name)) & set(kind.values))) for name, kind in choices.items()}


def one_of(data: QueryDict, name: str, known: Any, default: str = "") -> str:
    value = data.get(name, "")
    return value if value in known else default


def whole(text: str) -> int:
    """A number of the address; nought for what is none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= DIGITS else 0


def day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
