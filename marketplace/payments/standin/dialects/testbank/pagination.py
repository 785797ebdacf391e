"""Lists: oldest first, a cursor that never skips."""

from collections.abc import Callable

from django.db.models import QuerySet

from marketplace.payments.standin.dialects.testbank.params import Params

LARGEST_PAGE = 200


def limit(query: Params) -> int:
    """How many at most."""
    return query.integer("limit", least=1, most=LARGEST_PAGE, default=50)


def page(rows: QuerySet, at_most: int, render: Callable) -> dict:
    """The first `at_most` rows, and whether there are more."""
    found = list(rows[: at_most + 1])
    return {"data": [render(row) for row in found[:at_most]], "has_more": len(found) > at_most}
