"""Pages of long lists by the last row seen, not by counting: as quick at any depth, and nothing comes twice when rows
are added meanwhile.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, TypeVar

from django.core import signing
from django.db.models import F, QuerySet
from django.db.models.fields.tuple_lookups import TupleGreaterThan, TupleLessThan

R = TypeVar("R")
Whole = Callable[[QuerySet], QuerySet]
SALT = "keyset"


@dataclass(frozen=True)
class Order:
    """Columns that decide the order, the last of them unique; all of them up or all of them down."""

    columns: tuple[str, ...]
    descending: bool = True

    @property
    def order_by(self) -> list[str]:
        return [f"-{column}" if self.descending else column for column in self.columns]


@dataclass(frozen=True)
class Page(Generic[R]):
    """`after` is the cursor of the next page, empty on the last one; `is_first` says that nothing was skipped."""

    rows: Sequence[R]
    after: str
    is_first: bool


def page_of(queryset: QuerySet, order: Order, *, cursor: str, size: int, whole: Whole | None = None) -> Page:
    """One page. A cursor that is not ours, or of another order, is the first page.

    With `whole`, only keys are found and sorted, which an index may hold beside all that is filtered by; it makes of
    them the rows of this page, with what is joined to show them. Without, each row that is found is read and joined.
    """
    seen = read(cursor, order)
    ordered = queryset.order_by(*order.order_by)
    if seen is not None:
        lookup = TupleLessThan if order.descending else TupleGreaterThan
        ordered = ordered.filter(lookup(tuple(F(column) for column in order.columns), tuple(seen)))
    some = ordered[: size + 1]
    if whole is not None:
        rows_of = queryset.model._default_manager.using(queryset.db)
        some = whole(rows_of.filter(pk__in=some.values("pk"))).order_by(*order.order_by)
    rows = list(some)
    after = write(rows[size - 1], order) if len(rows) > size else ""
    return Page(rows[:size], after, seen is None)


def write(row: Any, order: Order) -> str:
    values = [getattr(row, column) for column in order.columns]
    plain = [value.isoformat() if isinstance(value, date) else value for value in values]
    return signing.dumps([order.order_by, plain], salt=SALT)


def read(cursor: str, order: Order) -> list | None:
    try:
        names, values = signing.loads(cursor, salt=SALT)
    except (signing.BadSignature, ValueError):
        return None
    return values if names == order.order_by else None
