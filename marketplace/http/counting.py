"""How many there are, as far as that is worth knowing: a count reads no more rows than a few pages do."""

from dataclasses import dataclass

from django.db.models import F, QuerySet
from django.db.models.fields.tuple_lookups import TupleGreaterThanOrEqual, TupleLessThanOrEqual

from marketplace.http.keyset import Order, Page

MOST = 1_000  # counted
READ = 2_000  # rows looked at


@dataclass(frozen=True, slots=True)
class Count:
    """`number` of them; if not `exact`, at least so many."""

    number: int
    exact: bool


def counted(found: QuerySet, page: Page, *, order: Order, among: QuerySet | None = None) -> Count:
    """How many rows are in `found`, of which `page` was just read.

    `among` is the whole list that `found` narrows, in an order that an index has: then only its first `READ` rows are
    looked at. What a page shows by itself costs no query.
    """
    if page.is_first and not page.after:
        return Count(len(page.rows), exact=True)
    if among is None:
        number = found.order_by()[: MOST + 1].count()
        return Count(min(number, MOST), number <= MOST)
    end = among.using(found.db).order_by(*order.order_by).values_list(*order.columns)[READ - 1 : READ].first()
    if end is not None:
        lookup = TupleGreaterThanOrEqual if order.descending else TupleLessThanOrEqual
        found = found.filter(lookup(tuple(F(column) for column in order.columns), end))
    number = found.order_by()[: MOST + 1].count()
    shown = len(page.rows) + bool(page.after)
    return Count(min(max(number, shown), MOST), end is None and number <= MOST)
